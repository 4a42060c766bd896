// What a device keeps, past the app: to see that it is there, and to put there what no version of the app wrote.

const CITY = "mendmap-220382";

/** Reads a record of the city's database, or writes one where `value` is given; bytes are arrays of numbers. */
function record(page, store, key, value) {
  return page.evaluate(
    ([city, store, key, value]) =>
      new Promise((done, failed) => {
        const opening = indexedDB.open(city);
        opening.onerror = failed;
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(store, value === undefined ? "readonly" : "readwrite");
          const records = transaction.objectStore(store);
          const asked = value === undefined ? records.get(key) : records.put(Array.isArray(value) ? new Uint8Array(value) : value, key);
          transaction.onabort = failed;
          transaction.oncomplete = () => {
            database.close();
            done(asked.result ?? null);
          };
        };
      }),
    [CITY, store, key, value],
  );
}

/** What stands under a key; null where nothing does. */
export const kept = (page, store, key) => record(page, store, key);

/** Puts something under a key. */
export const keep = (page, store, key, value) => record(page, store, key, value);
