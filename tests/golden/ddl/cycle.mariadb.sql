CREATE TABLE `employee` (
    `id`            INT NOT NULL,
    `department_id` INT,
    `boss_id`       INT,
    PRIMARY KEY (`id`),
    CONSTRAINT `employee_boss_fk` FOREIGN KEY (`boss_id`) REFERENCES `employee` (`id`)
        ON DELETE SET NULL
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE `department` (
    `id`          INT NOT NULL,
    `employee_id` INT,
    PRIMARY KEY (`id`),
    CONSTRAINT `department_employee_fk` FOREIGN KEY (`employee_id`) REFERENCES `employee` (`id`)
) DEFAULT CHARACTER SET utf8mb4;

ALTER TABLE `employee` ADD CONSTRAINT `employee_department_fk` FOREIGN KEY (`department_id`) REFERENCES `department` (`id`);
