using RtpProxy.Io.Interop;

namespace RtpProxy.Io.Files;

/// <summary>Where a recording is written, and where it goes when it is complete (media rules, section 7.3).</summary>
internal sealed unsafe class RecordingPath
{
    private const int MaxNameBytes = 255; // NAME_MAX of all usual file systems

    private readonly byte[] _final;
    private readonly byte[]? _spooled;

    /// <param name="name">Approved by <see cref="IsSafe"/>.</param>
    public RecordingPath(string directory, string? spoolDirectory, string name)
    {
        Name = $"{spoolDirectory ?? directory}/{name}";
        _final = NativePath.From(directory, name);
        _spooled = spoolDirectory is null ? null : NativePath.From(spoolDirectory, name);
    }

    /// <summary>The file to write; what came from the network has a character per byte.</summary>
    public string Name { get; }

    /// <summary>The same as the kernel takes it, ended by a NUL.</summary>
    public ReadOnlySpan<byte> ToWrite => _spooled ?? _final;

    /// <summary>For messages: which half of the media the file holds.</summary>
    public string StreamKind => Name.EndsWith(".rtcp", StringComparison.Ordinal) ? "RTCP" : "RTP";

    /// <summary>
    /// Whether a name from the network names a file directly in the directory: no separator, no NUL, not the directory
    /// itself or its parent, not empty, not too long.
    /// </summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= MaxNameBytes
        && name is not ("." or "..")
        && name.AsSpan().IndexOfAny('/', '\0') < 0;

    /// <summary>Renames the complete file into its directory; nothing to do without a spool.</summary>
    public Errno MoveOutOfSpool()
    {
        if (_spooled is null)
        {
            return Errno.None;
        }

        fixed (byte* from = _spooled)
        fixed (byte* to = _final)
        {
            return LibC.rename(from, to) == 0 ? Errno.None : LibC.LastErrno;
        }
    }

    public override string ToString() => PeerText.Escape(Name);
}
