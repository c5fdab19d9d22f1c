-- The shop's products. A product without a category waits for the classifier.
CREATE TABLE IF NOT EXISTS produtos (
    id              INTEGER PRIMARY KEY,
    descricao       TEXT NOT NULL,
    categoria       TEXT,
    probabilidade   REAL,
    classificado_em TEXT
);

-- What waits is found without reading what is done.
CREATE INDEX IF NOT EXISTS produtos_sem_categoria ON produtos (id) WHERE categoria IS NULL;
