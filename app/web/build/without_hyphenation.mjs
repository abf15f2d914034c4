// An esbuild plugin that leaves out the hyphenation patterns of Univer's text engine: 4 MB for some seventy
// languages, loaded on demand by documents that hyphenate. Cells of a sheet never do.

const TEXT_ENGINE = /[\\/]@univerjs[\\/]engine-render[\\/]/;

export const withoutHyphenation = {
  name: 'without hyphenation',
  setup(build) {
    build.onResolve({ filter: /^\.\/[a-z0-9-]+-[\w-]{8}\.js$/ }, ({ kind, importer, path }) => {
      const isPattern = kind === 'dynamic-import' && TEXT_ENGINE.test(importer);
      return isPattern ? { path, namespace: 'hyphenation' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'hyphenation' }, () => ({ contents: 'export {};' }));
  },
};
