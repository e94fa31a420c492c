// A ZIP archive of files that are stored as they are.
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
};

// `files` are pairs of a name and a text. Names are UTF-8; the date is 1 January 1980, so that equal files make equal archives.
const zip = (files) => {
  const encoder = new TextEncoder();
  const [parts, directory] = [[], []];
  let at = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [encoder.encode(name), encoder.encode(text)];
    const fields = (signature, extra) => {
      const view = new DataView(new ArrayBuffer(signature === 0x04034b50 ? 30 : 46));
      const shift = signature === 0x04034b50 ? 0 : 2;
      view.setUint32(0, signature, true);
      if (shift) view.setUint16(4, 20, true);
      view.setUint16(4 + shift, 20, true);
      view.setUint16(6 + shift, 0x0800, true);
      view.setUint16(12 + shift, 0x21, true);
      view.setUint32(14 + shift, crc32(bytes), true);
      view.setUint32(18 + shift, bytes.length, true);
      view.setUint32(22 + shift, bytes.length, true);
      view.setUint16(26 + shift, path.length, true);
      if (shift) view.setUint32(42, extra, true);
      return new Uint8Array(view.buffer);
    };
    parts.push(fields(0x04034b50), path, bytes);
    directory.push(fields(0x02014b50, at), path);
    at += 30 + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...directory, new Uint8Array(end.buffer)], { type: "application/zip" });
};
