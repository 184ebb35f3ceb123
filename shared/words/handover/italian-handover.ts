import type { HandoverWords } from './handover-words.ts';

export const italianHandover: HandoverWords = {
  title: 'A mano: contatti, calendari, regole e firme',
  intro: [
    'In questa cartella trovi ciò che nella vecchia casella stava accanto alla posta. Qui sotto è spiegato, passo per passo, come portarlo nella nuova.',
    'Non c’è fretta: tutto resta anche nell’archivio. Se un passo non riesce, il tuo archivio non cambia e puoi ricominciare.',
    'I nomi dei menu cambiano da una versione all’altra. Se non trovi una voce, cerca la parola «Importa» nelle impostazioni o nell’aiuto del programma.',
  ],
  pageName: 'a-mano.html',
  filesHeading: 'Che cosa c’è in questa cartella',
  filesCaption: 'File pronti, con quanti elementi contengono',
  columns: { file: 'File', from: 'Da dove viene', items: 'Elementi' },
  kinds: {
    contact: {
      directory: 'contatti',
      heading: 'Contatti',
      text: 'Ogni rubrica è pronta due volte: come file .csv, per Outlook e per la posta sul web, e come file .vcf, per telefoni e altri programmi. Importa uno solo dei due, o avrai ogni contatto doppio.',
      ways: [
        {
          name: 'Outlook classico (programma sul computer)',
          steps: [
            'Apri il menu File e cerca «Apri ed esporta», poi «Importa/Esporta».',
            'Scegli di importare dati da un altro programma o file, e poi «Valori separati da virgola».',
            'Indica il file .csv della rubrica. Se ti chiede dei doppi, scegli di non importare gli elementi duplicati.',
            'Come destinazione scegli la cartella Contatti della nuova casella, poi conferma.',
          ],
        },
        {
          name: 'Outlook nuovo e Outlook sul web',
          steps: [
            'Apri Persone (o Contatti).',
            'Cerca «Gestisci contatti», poi «Importa contatti».',
            'Scegli il file .csv della rubrica e conferma.',
          ],
        },
        {
          name: 'Posta sul web di Carbonio o Zimbra',
          steps: [
            'Apri i Contatti e scegli la rubrica in cui metterli, o creane una nuova.',
            'Nelle impostazioni della rubrica, o in quelle generali sotto «Importa», scegli il file .csv oppure .vcf.',
            'Alla fine controlla che il numero dei contatti sia quello della tabella qui sopra.',
          ],
        },
        {
          name: 'Telefono',
          steps: [
            'Mandati il file .vcf per posta, alla nuova casella.',
            'Apri il messaggio sul telefono e tocca l’allegato.',
            'Scegli di aggiungere tutti i contatti e, se te lo chiede, l’account della nuova casella.',
          ],
        },
      ],
    },
    event: {
      directory: 'calendari',
      heading: 'Calendari',
      text: 'Ogni calendario è un file .ics con tutti gli appuntamenti, anche quelli che si ripetono. Importare non manda inviti a nessuno, se scegli «Importa» e non rispondi agli inviti.',
      ways: [
        {
          name: 'Outlook classico (programma sul computer)',
          steps: [
            'Apri il menu File e cerca «Apri ed esporta», poi «Apri calendario».',
            'Scegli il file .ics. Se puoi scegliere, prendi «Importa» e non «Apri come nuovo».',
            'Guarda nel calendario un appuntamento passato e uno che si ripete: devono essere all’ora giusta.',
          ],
        },
        {
          name: 'Outlook nuovo e Outlook sul web',
          steps: [
            'Apri il Calendario e cerca «Aggiungi calendario».',
            'Scegli «Carica da file» e indica il file .ics.',
            'Scegli in quale calendario metterlo, poi conferma.',
          ],
        },
        {
          name: 'Posta sul web di Carbonio o Zimbra',
          steps: [
            'Apri il Calendario e premi il tasto destro sul calendario in cui mettere gli appuntamenti.',
            'Scegli «Importa» e indica il file .ics.',
            'Alla fine controlla che il numero degli appuntamenti sia quello della tabella qui sopra.',
          ],
        },
        {
          name: 'Telefono',
          steps: [
            'Importa il calendario da un computer: il telefono lo riceve da solo, se la nuova casella è configurata lì.',
            'Se hai solo il telefono, mandati il file .ics per posta e apri l’allegato.',
          ],
        },
      ],
    },
    task: {
      directory: 'attivita',
      heading: 'Attività',
      text: 'Ogni elenco di attività è un file .ics. Molti programmi sul web non importano attività: se sono poche, conviene riscriverle.',
      ways: [
        {
          name: 'Programmi che aprono file .ics',
          steps: [
            'Apri il file con il programma che usi per le attività (per esempio Thunderbird, o le attività del telefono).',
            'Scegli in quale elenco metterle, poi conferma.',
          ],
        },
      ],
    },
    rule: {
      directory: 'regole',
      heading: 'Regole della posta',
      text: 'Le regole dicono al server che cosa fare dei messaggi che arrivano. Vanno riscritte nella nuova casella: qui sotto sono descritte una per una, nel loro ordine.',
      ways: [
        {
          name: 'Outlook, nuovo, classico o sul web',
          steps: [
            'Nelle impostazioni della posta cerca «Regole».',
            'Per ogni regola qui sotto aggiungine una: scrivi il nome, scegli le condizioni («Se»), poi che cosa fare («Allora»).',
            'Controlla l’ordine: le regole si applicano dall’alto in basso.',
          ],
        },
        {
          name: 'Posta sul web di Carbonio o Zimbra',
          steps: [
            'Nelle impostazioni della posta cerca «Filtri».',
            'Per ogni regola qui sotto creane una con lo stesso nome, le stesse condizioni e le stesse azioni.',
          ],
        },
      ],
    },
    signature: {
      directory: 'firme',
      heading: 'Firme',
      text: 'Le tue firme, pronte da copiare.',
      ways: [
        {
          name: 'In ogni programma',
          steps: [
            'Seleziona la firma qui sotto e copiala.',
            'Nelle impostazioni della nuova casella cerca «Firma» o «Firme», e crea una firma nuova.',
            'Incolla, dai un nome alla firma e salva. Scegli quando usarla: nei messaggi nuovi, nelle risposte, o in entrambi.',
          ],
        },
      ],
    },
    settings: {
      directory: 'impostazioni',
      heading: 'Altre impostazioni',
      text: 'Identità, indirizzi alternativi e messaggio di assenza, com’erano nella vecchia casella.',
      ways: [],
    },
    note: {
      directory: 'note',
      heading: 'Note',
      text: 'Ogni nota è un file di testo: si apre con qualsiasi programma.',
      ways: [],
    },
    file: {
      directory: 'file',
      heading: 'File',
      text: 'I file che tenevi nella vecchia casella, con il loro nome. Copiali dove ti serve, per esempio nello spazio dei documenti dell’ufficio.',
      ways: [],
    },
  },
  lists: {
    heading: 'Liste di distribuzione',
    text: 'I file .csv non possono contenere liste. Per ognuna crea una lista nuova con lo stesso nome e incolla questi indirizzi.',
  },
  flawed: {
    heading: 'Da guardare',
    text: 'Questi elementi non sono scritti secondo le regole e sono rimasti in un file a parte, così com’erano. Aprili uno per uno.',
  },
  copyHint: 'Per copiarla, fai clic dentro il riquadro, seleziona tutto (Ctrl+A) e copia (Ctrl+C).',
  signature: name => `Firma «${name}»`,
  footer: 'Questa pagina è stata scritta da Travaso a partire dal tuo archivio.',
};
