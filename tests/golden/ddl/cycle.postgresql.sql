CREATE TABLE "employee" (
    "id"            INTEGER NOT NULL,
    "department_id" INTEGER,
    "boss_id"       INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "employee_boss_fk" FOREIGN KEY ("boss_id") REFERENCES "employee" ("id")
        ON DELETE SET NULL
);

CREATE TABLE "department" (
    "id"          INTEGER NOT NULL,
    "employee_id" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "department_employee_fk" FOREIGN KEY ("employee_id") REFERENCES "employee" ("id")
);

ALTER TABLE "employee" ADD CONSTRAINT "employee_department_fk" FOREIGN KEY ("department_id") REFERENCES "department" ("id");
