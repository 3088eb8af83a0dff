/**
 * The lock file without what is only for development or optional: all that can be in a bundle. An entry is named by its path, such as
 * `node_modules/yaml`; the one of the repository itself is ''.
 */
export function bundledLock(lock) {
  const { devDependencies, ...whole } = lock.packages[''];
  const bundled = Object.entries(lock.packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && dev !== true && optional !== true && devOptional !== true,
  );
  return { ...lock, packages: { '': whole, ...Object.fromEntries(bundled) } };
}
