CREATE TABLE "customer" (
    "id"    INTEGER      NOT NULL PRIMARY KEY,
    "name"  VARCHAR(120) NOT NULL,
    "email" VARCHAR(254),
    "born"  DATE,
    "photo" BLOB,
    "notes" TEXT,
    CONSTRAINT "customer_email_key" UNIQUE ("email")
);

CREATE TABLE "order" (
    "id"          INTEGER        NOT NULL,
    "customer_id" BIGINT         NOT NULL,
    "placed_at"   DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status"      VARCHAR(15)    NOT NULL DEFAULT 'open',
    "total"       NUMERIC(12, 2) NOT NULL DEFAULT 0,
    "gift"        BOOLEAN,
    CONSTRAINT "order_pk" PRIMARY KEY ("id"),
    CONSTRAINT "order_total_check" CHECK (total >= 0),
    CHECK ("status" IN ('open', 'paid', 'client''s choice')),
    CONSTRAINT "order_customer_fk" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "order_placed" ON "order" ("placed_at" DESC);

CREATE VIEW "open_order" AS
SELECT id, total FROM "order" WHERE status = 'open';
