// A phone's photo has 4 to 12 MB; readers see at most 1600 px of it.
const LONGEST = 2400;
const SMALL_ENOUGH = 1_500_000;
const TRIED = /^image\/(jpeg|png|webp|heic|heif)$/; // HEIC: browsers that know it make it JPEG here

// The photo with its longer side at 2400 px, as JPEG; the same file where that saves nothing
// or the browser cannot.
export async function shrunk(file) {
  const foreign = /^image\/hei[cf]$/.test(file.type);
  if (!TRIED.test(file.type) || !self.createImageBitmap) return file;
  if (file.size <= SMALL_ENOUGH && !foreign) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // beneath what is transparent
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && (foreign || blob.size < file.size)
      ? new File([blob], file.name, { type: "image/jpeg" })
      : file;
  } catch {
    return file;
  }
}
