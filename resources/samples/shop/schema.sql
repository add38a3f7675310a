CREATE TABLE category (
    id          INTEGER PRIMARY KEY,
    parent_id   INTEGER REFERENCES category (id) ON DELETE RESTRICT,  -- NULL: a department
    name        VARCHAR(60) NOT NULL,
    slug        VARCHAR(60) NOT NULL UNIQUE,
    CONSTRAINT category_not_its_own_parent CHECK (parent_id <> id)
);
CREATE INDEX category_parent_idx ON category (parent_id, name);

CREATE TABLE supplier (
    id          INTEGER PRIMARY KEY,
    name        VARCHAR(80) NOT NULL,
    cnpj        CHAR(18) NOT NULL UNIQUE CHECK (length(cnpj) = 18),
    email       VARCHAR(120),
    phone       VARCHAR(20),
    city        VARCHAR(60) NOT NULL,
    state       CHAR(2) NOT NULL CHECK (length(state) = 2)
);

-- Prices have cents and are exact; the cost is kept with four places.
CREATE TABLE product (
    id          INTEGER PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES category (id) ON DELETE RESTRICT,
    supplier_id INTEGER REFERENCES supplier (id) ON DELETE SET NULL,
    sku         VARCHAR(20) NOT NULL UNIQUE,
    name        VARCHAR(100) NOT NULL,
    description TEXT,
    unit_price  NUMERIC(10, 2) NOT NULL,
    unit_cost   NUMERIC(12, 4),
    weight_kg   NUMERIC(8, 3),
    stock       INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
    active      BOOLEAN NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    photo       BLOB,
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT product_price_not_negative CHECK (unit_price >= 0)
);
CREATE INDEX product_category_idx ON product (category_id);
CREATE INDEX product_supplier_idx ON product (supplier_id);
CREATE INDEX product_out_of_stock_idx ON product (name) WHERE stock = 0;

CREATE TABLE tag (
    id          INTEGER PRIMARY KEY,
    name        VARCHAR(30) NOT NULL UNIQUE
);

-- The junction of an N:N relationship.
CREATE TABLE product_tag (
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    tag_id      INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (product_id, tag_id)
);
CREATE INDEX product_tag_tag_idx ON product_tag (tag_id);

-- Kept by a trigger, never written by hand.
CREATE TABLE price_change (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    old_price   NUMERIC(10, 2) NOT NULL,
    new_price   NUMERIC(10, 2) NOT NULL,
    changed_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX price_change_product_idx ON price_change (product_id, changed_at DESC);

CREATE TABLE customer (
    id          INTEGER PRIMARY KEY,
    name        VARCHAR(100) NOT NULL,
    cpf         CHAR(14) NOT NULL UNIQUE CHECK (length(cpf) = 14),
    email       VARCHAR(120) NOT NULL,
    phone       VARCHAR(20),
    birth_date  DATE,
    newsletter  BOOLEAN NOT NULL DEFAULT 0 CHECK (newsletter IN (0, 1)),
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX customer_email_key ON customer (lower(email));
CREATE INDEX customer_name_idx ON customer (name);

CREATE TABLE address (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    label       VARCHAR(10) NOT NULL DEFAULT 'casa' CHECK (label IN ('casa', 'trabalho', 'outro')),
    street      VARCHAR(100) NOT NULL,
    number      VARCHAR(10) NOT NULL,
    complement  VARCHAR(40),
    district    VARCHAR(60) NOT NULL,
    city        VARCHAR(60) NOT NULL,
    state       CHAR(2) NOT NULL CHECK (length(state) = 2),
    cep         CHAR(9) NOT NULL CHECK (cep GLOB '[0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9]'),
    main        BOOLEAN NOT NULL DEFAULT 0 CHECK (main IN (0, 1))
);
CREATE INDEX address_customer_idx ON address (customer_id);
CREATE UNIQUE INDEX address_one_main_key ON address (customer_id) WHERE main = 1;

CREATE TABLE "order" (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE RESTRICT,
    address_id  INTEGER NOT NULL REFERENCES address (id) ON DELETE RESTRICT,
    number      CHAR(12) NOT NULL UNIQUE,
    status      VARCHAR(10) NOT NULL DEFAULT 'aberto'
                CHECK (status IN ('aberto', 'pago', 'enviado', 'entregue', 'cancelado')),
    placed_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    freight     NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (freight >= 0),
    discount    NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (discount >= 0),
    note        TEXT
);
CREATE INDEX order_customer_idx ON "order" (customer_id, placed_at DESC);
CREATE INDEX order_address_idx ON "order" (address_id);
CREATE INDEX order_open_idx ON "order" (placed_at) WHERE status = 'aberto';

CREATE TABLE order_line (
    order_id    INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    line_number INTEGER NOT NULL CHECK (line_number > 0),
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    unit_price  NUMERIC(10, 2) NOT NULL CHECK (unit_price >= 0),  -- what it cost on that day
    PRIMARY KEY (order_id, line_number)
);
CREATE INDEX order_line_product_idx ON order_line (product_id);

CREATE TABLE payment (
    id           INTEGER PRIMARY KEY,
    order_id     INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    method       VARCHAR(10) NOT NULL CHECK (method IN ('pix', 'boleto', 'crédito', 'débito')),
    status       VARCHAR(10) NOT NULL CHECK (status IN ('pendente', 'pago', 'estornado')),
    amount       NUMERIC(10, 2) NOT NULL CHECK (amount > 0),
    installments INTEGER NOT NULL DEFAULT 1 CHECK (installments BETWEEN 1 AND 12),
    paid_at      TIMESTAMP,
    CONSTRAINT payment_paid_has_a_time CHECK ((status = 'pendente') = (paid_at IS NULL)),
    CONSTRAINT payment_only_credit_is_split CHECK (installments = 1 OR method = 'crédito')
);
CREATE INDEX payment_order_idx ON payment (order_id);

CREATE TABLE shipment (
    id            INTEGER PRIMARY KEY,
    order_id      INTEGER NOT NULL UNIQUE REFERENCES "order" (id) ON DELETE CASCADE,  -- at most one an order
    carrier       VARCHAR(40) NOT NULL,
    tracking_code VARCHAR(20) UNIQUE,
    shipped_at    TIMESTAMP NOT NULL,
    delivered_at  TIMESTAMP,
    CONSTRAINT shipment_delivered_after_shipped CHECK (delivered_at >= shipped_at)
);

CREATE TABLE review (
    id          INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    rating      SMALLINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title       VARCHAR(80),
    body        TEXT,
    created_at  TIMESTAMP NOT NULL,
    CONSTRAINT review_one_each UNIQUE (product_id, customer_id)
);
CREATE INDEX review_customer_idx ON review (customer_id);

CREATE VIEW order_summary AS
SELECT o.id, o.number, o.status, o.placed_at, c.name AS customer, a.city, a.state,
       count(l.line_number) AS lines,
       round(sum(l.quantity * l.unit_price) + o.freight - o.discount, 2) AS total
FROM "order" AS o
JOIN customer AS c ON c.id = o.customer_id
JOIN address AS a ON a.id = o.address_id
JOIN order_line AS l ON l.order_id = o.id
GROUP BY o.id;

CREATE VIEW product_sales AS
SELECT p.id, p.sku, p.name, k.name AS category,
       coalesce(sum(l.quantity), 0) AS sold,
       round(coalesce(sum(l.quantity * l.unit_price), 0), 2) AS revenue
FROM product AS p
JOIN category AS k ON k.id = p.category_id
LEFT JOIN order_line AS l ON l.product_id = p.id
    AND l.order_id IN (SELECT id FROM "order" WHERE status <> 'cancelado')
GROUP BY p.id;

CREATE TRIGGER product_price_changed AFTER UPDATE OF unit_price ON product
WHEN new.unit_price <> old.unit_price
BEGIN
    INSERT INTO price_change (product_id, old_price, new_price)
    VALUES (new.id, old.unit_price, new.unit_price);
END;
