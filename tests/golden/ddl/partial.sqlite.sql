CREATE TABLE "account" (
    "id"      INTEGER      NOT NULL,
    "email"   VARCHAR(254) NOT NULL,
    "deleted" BOOLEAN,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "account_email" ON "account" ("email") WHERE deleted IS NULL;
