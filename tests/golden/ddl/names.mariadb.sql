CREATE TABLE `select` (
    `a "quoted" name` INT            NOT NULL,
    `preço`           DECIMAL(10, 2),
    `back``tick`      INT,
    `CamelCase`       INT,
    CONSTRAINT `the key` PRIMARY KEY (`CamelCase`, `a "quoted" name`)
) DEFAULT CHARACTER SET utf8mb4;

CREATE INDEX `on two` ON `select` (`preço`, `back``tick`);
