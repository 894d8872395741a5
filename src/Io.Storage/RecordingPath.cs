using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Storage;

/// <summary>Where a recording is written, and where it goes when it is complete (media rules, section 7.3).</summary>
internal sealed class RecordingPath
{
    private const int MaxNameBytes = 255; // NAME_MAX of all usual file systems

    private readonly string _directory;
    private readonly string? _spoolDirectory;
    private readonly RecordingName _name;

    /// <param name="name">Approved by <see cref="IsSafe"/> with its number.</param>
    public RecordingPath(string directory, string? spoolDirectory, RecordingName name, int number)
    {
        _directory = directory;
        _spoolDirectory = spoolDirectory;
        _name = name;
        Number = number;
        ToWrite = NativePath.From(spoolDirectory ?? directory, name.WithNumber(number));
    }

    /// <summary>The name without number and ending.</summary>
    public string Stem => _name.Stem;

    public int Number { get; }

    /// <summary>Whether there is a file already, here or where it would go in the end.</summary>
    public bool Exists =>
        FileStatus.TryRead(ToWrite, out _) == Errno.None
        || (IsSpooled && FileStatus.TryRead(NativePath.From(_directory, _name.WithNumber(Number)), out _) == Errno.None);

    /// <summary>The file to write; what came from the network has a character per byte.</summary>
    public string Name => $"{_spoolDirectory ?? _directory}/{_name.WithNumber(Number)}";

    /// <summary>Where it goes when it is complete; the whole path has a character per byte.</summary>
    public string Destination => Encoding.Latin1.GetString(NativePath.From(_directory, _name.WithNumber(Number)).AsSpan()[..^1]);

    /// <summary>The file to write, as the kernel takes it, ended by a NUL.</summary>
    public byte[] ToWrite { get; }

    public bool IsSpooled => _spoolDirectory is not null;

    /// <summary>For messages: which half of the media the file holds.</summary>
    public string StreamKind => _name.Ending.EndsWith(".rtcp", StringComparison.Ordinal) ? "RTCP" : "RTP";

    /// <summary>
    /// Whether a name from the network names a file directly in the directory: no separator, no NUL, not the directory
    /// itself or its parent, not empty, not too long.
    /// </summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= MaxNameBytes
        && name is not ("." or "..")
        && name.AsSpan().IndexOfAny('/', '\0') < 0;

    /// <summary>
    /// Creates the file; <see cref="Errno.EEXIST"/> when there is one of that name, here or where it would go in the end.
    /// </summary>
    public FdHandle Create(out Errno errno)
    {
        const uint Mode = 0x1B6; // 0666, less the umask
        FdHandle file = NativeFile.Open(
            ToWrite, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_CLOEXEC, Mode, out errno);
        if (errno == Errno.None
            && IsSpooled
            && FileStatus.TryRead(NativePath.From(_directory, _name.WithNumber(Number)), out _) == Errno.None)
        {
            Remove();
            file.Dispose();
            errno = Errno.EEXIST;
        }

        return file;
    }

    /// <summary>Removes the file that was just created.</summary>
    public void Remove() => NativeFile.Remove(ToWrite);

    /// <summary>
    /// Renames the complete file into its directory, with another number if somebody has put one of its name there; nothing to
    /// do without a spool.
    /// </summary>
    public Errno MoveOutOfSpool() => IsSpooled ? RenameFrom(ToWrite) : Errno.None;

    /// <summary>Renames a file so that it gets the recording's name in its directory.</summary>
    public Errno RenameFrom(ReadOnlySpan<byte> from)
    {
        for (int number = Number; number <= RecordingName.MaxNumber; number++)
        {
            string name = _name.WithNumber(number);
            Errno errno = IsSafe(name) ? NativeFile.Rename(from, NativePath.From(_directory, name)) : Errno.ENAMETOOLONG;
            if (errno != Errno.EEXIST)
            {
                return errno;
            }
        }

        return Errno.EEXIST;
    }

    public override string ToString() => Name;
}
