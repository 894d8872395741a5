using System.Diagnostics.CodeAnalysis;
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

    public IRecordingFile? TryOpen(string callId, string name, ReadOnlySpan<byte> header) =>
        TryOpenAll(callId, [name], header) is [var file] ? file : null;

    public bool TryOpenPair(
        string callId,
        string rtp,
        string rtcp,
        ReadOnlySpan<byte> header,
        [NotNullWhen(true)] out IRecordingFile? rtpFile,
        [NotNullWhen(true)] out IRecordingFile? rtcpFile)
    {
        RecordingFile[] files = TryOpenAll(callId, [rtp, rtcp], header);
        (rtpFile, rtcpFile) = files is [var first, var second] ? (first, second) : (null, null);
        return rtpFile is not null && rtcpFile is not null;
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

    /// <summary>Opens files of one number, all or none.</summary>
    private RecordingFile[] TryOpenAll(string callId, ReadOnlySpan<string> names, ReadOnlySpan<byte> header)
    {
        ArgumentNullException.ThrowIfNull(callId);
        string shownCallId = PeerText.Escape(callId);
        if (_directory is null)
        {
            Log.RecordingNotConfigured(_logger, shownCallId);
            return [];
        }

        foreach (string name in names)
        {
            ArgumentNullException.ThrowIfNull(name);
            if (!RecordingPath.IsSafe(name))
            {
                Log.RecordingNameRefused(_logger, shownCallId, PeerText.Escape(name));
                return [];
            }
        }

        for (int number = 0; number <= RecordingName.MaxNumber; number++)
        {
            if (TryOpenAll(shownCallId, names, number, header, out bool isTaken) is { Length: > 0 } files)
            {
                Array.ForEach(files, _writer.Register);
                return files;
            }

            if (!isTaken)
            {
                return [];
            }
        }

        Log.RecordingNamesUsedUp(
            _logger, shownCallId, PeerText.Escape($"{_directory}/{names[0]}"), RecordingName.MaxNumber + 1);
        return [];
    }

    private RecordingFile[] TryOpenAll(
        string shownCallId, ReadOnlySpan<string> names, int number, ReadOnlySpan<byte> header, out bool isTaken)
    {
        isTaken = false;
        var opened = new List<(FdHandle File, RecordingPath Path)>(names.Length);
        foreach (string name in names)
        {
            var path = new RecordingPath(_directory!, _spoolDirectory, RecordingName.Of(name), number);
            if (TryCreate(path, header, shownCallId, out isTaken) is not { } file)
            {
                Remove(opened);
                return [];
            }

            opened.Add((file, path));
        }

        int size = header.Length;
        return [.. opened.Select(o => new RecordingFile(o.File, size, o.Path, shownCallId, _writer, _mover, _logger))];
    }

    private FdHandle? TryCreate(RecordingPath path, ReadOnlySpan<byte> header, string shownCallId, out bool isTaken)
    {
        FdHandle file = path.Create(out Errno errno);
        isTaken = errno == Errno.EEXIST;
        if (errno == Errno.None)
        {
            errno = FileWriter.WriteAll(file, header, out _);
            if (errno == Errno.None)
            {
                return file;
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

    private static void Remove(List<(FdHandle File, RecordingPath Path)> opened)
    {
        foreach ((FdHandle file, RecordingPath path) in opened)
        {
            path.Remove();
            file.Dispose();
        }
    }
}
