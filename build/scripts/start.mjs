/** `npm start`: the first thing a newcomer runs. There is no window yet, so it is the demo. */
import './demo.mjs';
