/**
 * What the browser shows when it has brought us the answer. Whether the answer was good is not known yet: the page
 * sends the person back to the program, which says it. Both languages, because the browser's is not ours to guess.
 */
export const returnPage = `<!doctype html>
<html lang="it">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Torna a Travaso</title>
<style>
body { font: 1.25rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1.5rem; color: #17324d; background: #fff }
h1 { font-size: 1.75rem; line-height: 1.3 }
</style>
<main>
<h1>Qui hai finito</h1>
<p>Chiudi questa scheda e torna a Travaso: lì vedi se l’accesso è riuscito.</p>
<p lang="en">You are done here. Close this tab and go back to Travaso: it tells you whether you are signed in.</p>
</main>
</html>
`;
