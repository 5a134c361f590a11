// @ts-check
// A drawing as a picture of pixels.

const PICTURE_SCALE = 2;

/** The same in pixels, twice as many each way. @param {Blob} vector @returns {Promise<Blob>} */
export async function rasterOf(vector) {
  const bytes = new Uint8Array(await vector.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${btoa(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * PICTURE_SCALE, image.height * PICTURE_SCALE];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(/** @type {Blob} */ (blob))));
}
