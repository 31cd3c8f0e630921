import { contextBridge, ipcRenderer } from 'electron';
import { PORT_MESSAGE, SHELL_EVENT, shellContract } from '#shared/contracts/shell.ts';

/** One function per method of the shell contract, and events: that is all a page can reach. */
const bridge: Record<string, unknown> = {};
for (const method of Object.keys(shellContract)) {
  bridge[method.slice('shell.'.length)] = (input: unknown) => ipcRenderer.invoke(method, input);
}
bridge.onEvent = (listener: (event: unknown) => void) => {
  const forward = (_event: unknown, event: unknown) => listener(event);
  ipcRenderer.on(SHELL_EVENT, forward);
  return () => ipcRenderer.removeListener(SHELL_EVENT, forward);
};
contextBridge.exposeInMainWorld('visitbook', bridge);

ipcRenderer.on(PORT_MESSAGE, (event) => {
  const [port] = event.ports;
  if (port && window.location.origin === 'app://visitbook')
    window.postMessage({ kind: PORT_MESSAGE }, window.location.origin, [port]);
});
