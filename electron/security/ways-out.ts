/** How a link may leave the app: https at once, mail and telephone after asking, nothing else. */
export const waysOut = (url: string): 'open' | 'ask' | 'never' => {
  try {
    const { protocol, username, password } = new URL(url);
    // a name before the host makes one site look like another
    if (username !== '' || password !== '') return 'never';
    if (protocol === 'https:') return 'open';
    return protocol === 'mailto:' || protocol === 'tel:' ? 'ask' : 'never';
  } catch {
    return 'never';
  }
};
