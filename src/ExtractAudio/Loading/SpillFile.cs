namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// A temporary file for what would grow with the length of the recording. It is created when first needed, only the user
/// can read it, and it has no name from then on, so that nothing is left behind however the program ends.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private FileStream? _file;
    private long _length;

    /// <summary>Stores bytes at the end and returns where.</summary>
    /// <exception cref="IOException">The disk of the temporary directory is full, or fails.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long offset = Reserve(bytes.Length);
        WriteAt(offset, bytes);
        return offset;
    }

    /// <summary>Keeps room for bytes that are written later, and returns where.</summary>
    public long Reserve(int length)
    {
        long offset = _length;
        _length += length;
        return offset;
    }

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        _file ??= Create();
        RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
    }

    /// <summary>Reads bytes that were stored; returns how many of them there are.</summary>
    public int ReadAt(long offset, Span<byte> bytes) =>
        _file is null ? 0 : RandomAccess.Read(_file.SafeFileHandle, bytes, offset);

    public void Dispose() => _file?.Dispose();

    private static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"extractaudio-{Guid.NewGuid():N}");
        FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
        File.Delete(path);
        return file;
    }
}
