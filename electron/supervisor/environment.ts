/** What a program needs of its surroundings; everything else in them is none of the data process's business. */
const NEEDED =
  /^(PATH|HOME|USER|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA)$/i;
/** Switches of tests, heeded outside of packages only. */
const OF_TESTS = /^VISITBOOK_(FAULT|TEST)_/;

/** The environment of the data process. */
export const dataEnvironment = (
  own: Readonly<Record<string, string | undefined>>,
  packaged: boolean,
): Record<string, string> => {
  const wanted = (name: string): boolean => NEEDED.test(name) || (!packaged && OF_TESTS.test(name));
  return Object.fromEntries(
    Object.entries(own).filter(
      (entry): entry is [string, string] => wanted(entry[0]) && entry[1] !== undefined,
    ),
  );
};
