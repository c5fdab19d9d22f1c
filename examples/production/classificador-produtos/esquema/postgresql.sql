-- The shop's products. A product without a category waits for the classifier.
CREATE TABLE IF NOT EXISTS produtos (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    descricao       text NOT NULL,
    categoria       text,
    probabilidade   double precision,
    classificado_em timestamptz
);

-- What waits is found without reading what is done.
CREATE INDEX IF NOT EXISTS produtos_sem_categoria ON produtos (id) WHERE categoria IS NULL;
