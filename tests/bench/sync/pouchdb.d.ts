// As much of PouchDB as the benchmark uses; its published types bring the types of another Node.
declare module 'pouchdb-core' {
  interface Database {
    info(): Promise<unknown>;
    changes(options: { since: number; limit: number; style: 'all_docs' }): Promise<unknown>;
    bulkGet(options: {
      docs: { id: string; rev: string }[];
      revs: boolean;
      latest: boolean;
    }): Promise<unknown>;
    get(id: string): Promise<unknown>;
    put(document: { _id: string }): Promise<unknown>;
    bulkDocs(documents: readonly { _id: string }[]): Promise<unknown>;
    close(): Promise<void>;
    replicate: { from(url: string, options: { batch_size: number }): Promise<{ docs_written: number }> };
  }
  type Plugin = (pouch: unknown) => void;
  const PouchDB: {
    new (name: string, options: { adapter: 'memory' | 'leveldb' }): Database;
    plugin(plugin: Plugin): typeof PouchDB;
  };

  export type { Database };
  export default PouchDB;
}
declare module 'pouchdb-adapter-http' {
  const plugin: import('pouchdb-core').Plugin;
  export default plugin;
}
declare module 'pouchdb-adapter-leveldb' {
  const plugin: import('pouchdb-core').Plugin;
  export default plugin;
}
declare module 'pouchdb-adapter-memory' {
  const plugin: import('pouchdb-core').Plugin;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: import('pouchdb-core').Plugin;
  export default plugin;
}
