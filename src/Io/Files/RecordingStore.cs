using Microsoft.Extensions.Logging;
using RtpProxy.Io.Interop;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Files;

/// <summary>Recordings in the directory of <c>-r</c>, written by way of the spool of <c>-S</c> (media rules, sections 7.2 to 7.4).</summary>
/// <remarks>Thread-safe.</remarks>
public sealed unsafe class RecordingStore : IRecordingStore, IDisposable
{
    private const uint Mode = 0x1B6; // 0666, less the umask

    private readonly string? _directory;
    private readonly string? _spoolDirectory;
    private readonly ILogger _logger;
    private readonly RecordingWriter _writer = new();

    /// <param name="directory">Null without <c>-r</c>. Not looked at before a recording begins.</param>
    /// <param name="spoolDirectory">Null without <c>-S</c>.</param>
    public RecordingStore(string? directory, string? spoolDirectory, ILogger logger)
    {
        _directory = directory;
        _spoolDirectory = spoolDirectory;
        _logger = logger;
    }

    public bool IsConfigured => _directory is not null;

    public IRecordingFile? TryOpen(string callId, string name, ReadOnlySpan<byte> header)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(name);
        string shownCallId = PeerText.Escape(callId);
        if (_directory is null)
        {
            Log.RecordingNotConfigured(_logger, shownCallId);
            return null;
        }

        if (!RecordingPath.IsSafe(name))
        {
            Log.RecordingNameRefused(_logger, shownCallId, PeerText.Escape(name));
            return null;
        }

        var path = new RecordingPath(_directory, _spoolDirectory, name);
        if (!_writer.Open.TryClaim(path.Name))
        {
            Log.RecordingNotOpened(_logger, shownCallId, path.ToString(), "another recording is being written there");
            return null;
        }

        if (TryCreate(path, header, shownCallId) is not { } file)
        {
            _writer.Open.Release(path.Name);
            return null;
        }

        var recording = new RecordingFile(file, header.Length, path, shownCallId, _writer, _logger);
        _writer.Register(recording);
        return recording;
    }

    /// <summary>Ends the recordings that are still open, once the workers have stopped; returns when all is written.</summary>
    public void Stop() => _writer.Stop();

    public void Dispose() => _writer.Dispose();

    private FdHandle? TryCreate(RecordingPath path, ReadOnlySpan<byte> header, string shownCallId)
    {
        FdHandle file = Create(path, out Errno errno);
        if (errno != Errno.None)
        {
            file.Dispose();
            Log.RecordingNotOpened(_logger, shownCallId, path.ToString(), LibC.Describe(errno));
            return null;
        }

        errno = FileWriter.WriteAll(file, header, out _);
        if (errno != Errno.None)
        {
            file.Dispose();
            Log.RecordingHeaderFailed(_logger, shownCallId, path.ToString(), LibC.Describe(errno));
            return null;
        }

        return file;
    }

    private static FdHandle Create(RecordingPath path, out Errno errno)
    {
        fixed (byte* name = path.ToWrite)
        {
            // Not blocking, since somebody may have put a FIFO there.
            const int Flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_TRUNC | LibC.O_CLOEXEC | LibC.O_NONBLOCK;
            FdHandle file = LibC.open(name, Flags, Mode);
            errno = file.IsInvalid ? LibC.LastErrno : Errno.None;
            return file;
        }
    }
}
