/** Electron's channels between the window's preload and the main process. All of them. */
export const windowChannels = {
  /** Invoked with a wire call, comes to a wire reply. */
  call: 'travaso:call',
  /** Invoked with nothing: the current snapshots and every change follow as events. */
  subscribe: 'travaso:subscribe',
  /** Invoked by the preload alone, with the path of a file the person dropped; comes to the path, or to null. */
  dropped: 'travaso:dropped',
  /** Sent to the window with a wire event. */
  event: 'travaso:event',
} as const;
