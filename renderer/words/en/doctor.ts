/** "Why can't I get in?" */
export const doctor = {
  title: 'Why can’t I get in?',
  lead: 'Travaso looks at one piece at a time and stops where something is wrong. The password is not used.',
  looking: 'Looking…',
  done: 'Done looking.',
  checks: {
    find: 'The server of your mailbox',
    name: 'The server’s name',
    port: 'The way to the server',
    tls: 'The protected connection',
    service: 'The mail service',
    account: 'Name and password',
  },
  states: {
    waiting: 'waiting',
    running: 'looking',
    good: 'good',
    bad: 'not good',
    unchecked: 'not checked',
  },
  send: 'Line to send to the help desk',
};
