CREATE TABLE `customer` (
    `id`    BIGINT       NOT NULL AUTO_INCREMENT,
    `name`  VARCHAR(120) NOT NULL,
    `email` VARCHAR(254),
    `born`  DATE,
    `photo` LONGBLOB,
    `notes` LONGTEXT,
    PRIMARY KEY (`id`),
    CONSTRAINT `customer_email_key` UNIQUE (`email`)
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE `order` (
    `id`          BIGINT                                   NOT NULL AUTO_INCREMENT,
    `customer_id` BIGINT                                   NOT NULL,
    `placed_at`   DATETIME(6)                              NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    `status`      ENUM('open', 'paid', 'client''s choice') NOT NULL DEFAULT 'open',
    `total`       DECIMAL(12, 2)                           NOT NULL DEFAULT 0 COMMENT 'Sum of the lines, in reais',
    `gift`        TINYINT(1),
    CONSTRAINT `order_pk` PRIMARY KEY (`id`),
    CONSTRAINT `order_total_check` CHECK (total >= 0),
    CONSTRAINT `order_customer_fk` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`)
        ON DELETE RESTRICT ON UPDATE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COMMENT 'What a customer bought at once';

CREATE INDEX `order_placed` ON `order` (`placed_at` DESC);

CREATE VIEW `open_order` AS
SELECT id, total FROM "order" WHERE status = 'open';
