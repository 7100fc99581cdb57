-- A print has 256 hashes: what waits to be put into the index is read through by every look for a copy, up to 4 MB of it.
ALTER INDEX training_print_hashes SET (fastupdate = off);
SELECT gin_clean_pending_list('training_print_hashes');
