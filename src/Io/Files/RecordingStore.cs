using Microsoft.Extensions.Logging;
using RtpProxy.Io.Interop;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Files;

/// <summary>Recordings in the directory of <c>-r</c>, written by way of the spool of <c>-S</c> (media rules, sections 7.2 to 7.4).</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RecordingStore : IRecordingStore, IDisposable
{
    private readonly string? _directory;
    private readonly string? _spoolDirectory;
    private readonly ILogger _logger;
    private readonly RecordingWriter _writer = new();
    private readonly SpoolMover? _mover;

    /// <param name="directory">Null without <c>-r</c>. Not looked at before a recording begins.</param>
    /// <param name="spoolDirectory">Null without <c>-S</c>.</param>
    public RecordingStore(string? directory, string? spoolDirectory, ILogger logger)
    {
        _directory = directory;
        _spoolDirectory = spoolDirectory;
        _logger = logger;
        _mover = directory is null || spoolDirectory is null ? null : new SpoolMover(directory, spoolDirectory, logger);
    }

    public bool IsConfigured => _directory is not null;

    /// <summary>Looks after the spool from now on: moves what an earlier run left there, and says if it is on another file system.</summary>
    public void Start() => _mover?.Start();

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

        var recording = RecordingName.Of(name);
        foreach (int number in _writer.Open.NumbersOf(recording.Stem))
        {
            if (TryCreate(PathOf(recording, number), header, shownCallId, out _) is { } companion)
            {
                return companion;
            }
        }

        for (int number = 0; number <= RecordingName.MaxNumber; number++)
        {
            RecordingPath path = PathOf(recording, number);
            if (IsTakenByCompanion(recording, number))
            {
                continue;
            }

            if (TryCreate(path, header, shownCallId, out bool isTaken) is { } file)
            {
                return file;
            }

            if (!isTaken)
            {
                return null;
            }
        }

        Log.RecordingNamesUsedUp(_logger, shownCallId, PathOf(recording, 0).ToString(), RecordingName.MaxNumber + 1);
        return null;
    }

    /// <summary>Ends the recordings that are still open, once the workers have stopped; returns when all is written.</summary>
    public void Stop()
    {
        _writer.Stop();
        _mover?.Stop();
    }

    public void Dispose()
    {
        Stop();
        _writer.Dispose();
        _mover?.Dispose();
    }

    private RecordingPath PathOf(RecordingName name, int number) => new(_directory!, _spoolDirectory, name, number);

    /// <summary>The RTCP that goes with this RTP could not have the number.</summary>
    private bool IsTakenByCompanion(RecordingName name, int number) =>
        name.Rtcp is { } rtcp && RecordingPath.IsSafe(rtcp.WithNumber(number)) && PathOf(rtcp, number).Exists;

    private RecordingFile? TryCreate(RecordingPath path, ReadOnlySpan<byte> header, string shownCallId, out bool isTaken)
    {
        FdHandle file = path.Create(out Errno errno);
        isTaken = errno == Errno.EEXIST;
        if (errno == Errno.None)
        {
            errno = FileWriter.WriteAll(file, header, out _);
            if (errno == Errno.None)
            {
                var recording = new RecordingFile(file, header.Length, path, shownCallId, _writer, _mover, _logger);
                _writer.Register(recording);
                return recording;
            }

            path.Remove();
            Log.RecordingHeaderFailed(_logger, shownCallId, path.ToString(), LibC.Describe(errno));
        }
        else if (!isTaken)
        {
            Log.RecordingNotOpened(_logger, shownCallId, path.ToString(), LibC.Describe(errno));
        }

        file.Dispose();
        return null;
    }
}
