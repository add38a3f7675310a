CREATE TABLE "select" (
    "a ""quoted"" name" INTEGER        NOT NULL,
    "preço"             NUMERIC(10, 2),
    "back`tick"         INTEGER,
    "CamelCase"         INTEGER,
    CONSTRAINT "the key" PRIMARY KEY ("CamelCase", "a ""quoted"" name")
);

CREATE INDEX "on two" ON "select" ("preço", "back`tick");
