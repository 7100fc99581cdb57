CREATE TABLE book (
  id int PRIMARY KEY,
  pages int NOT NULL CHECK (pages > 0)
);
