const slabBytes = 256 * 1024;
/** Block sizes and typed views of four octets divide it. */
const alignment = 64;

/**
 * Memory for many small pieces that come and go together, given out one behind the other. A buffer of its own for each
 * block would have the collector run for it all the time. A slab is free when nobody holds a piece of it any more.
 */
export class Slab {
  private memory = Buffer.alloc(0);
  private used = 0;

  /** Octets with unknown content, beginning at a multiple of 64. */
  take(bytes: number): Buffer {
    if (this.used + bytes > this.memory.length) {
      if (bytes > slabBytes / 4) return Buffer.allocUnsafeSlow(bytes);
      this.memory = Buffer.allocUnsafeSlow(slabBytes);
      this.used = 0;
    }
    const piece = this.memory.subarray(this.used, this.used + bytes);
    this.used += Math.ceil(bytes / alignment) * alignment;
    return piece;
  }
}
