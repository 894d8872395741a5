using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Storage;

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
        if (directory is not null && spoolDirectory is not null && IsSame(directory, spoolDirectory))
        {
            spoolDirectory = null; // there is no way from one to the other: the name that is kept there would be in its own way
        }

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
        return TryOpenTogether(callId, [name], header)?[0];
    }

    public bool TryOpenPair(
        string callId,
        string rtp,
        string rtcp,
        ReadOnlySpan<byte> header,
        [NotNullWhen(true)] out IRecordingFile? rtpFile,
        [NotNullWhen(true)] out IRecordingFile? rtcpFile)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(rtp);
        ArgumentNullException.ThrowIfNull(rtcp);
        RecordingFile[]? files = TryOpenTogether(callId, [rtp, rtcp], header);
        rtpFile = files?[0];
        rtcpFile = files?[1];
        return rtpFile is not null && rtcpFile is not null;
    }

    /// <summary>
    /// Goes on with a recording of another process, which has ended or writes no more; the same object for the same name. What
    /// is no whole record at its end is cut off before the next one is written.
    /// </summary>
    /// <param name="name">Its <see cref="IRecordingFile.Name"/>.</param>
    /// <param name="wholeBytes">How much of it is known to be whole.</param>
    /// <returns>Null when it is not there, or not in the directory of today.</returns>
    public IRecordingFile? TryReopen(string callId, string name, long wholeBytes)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(name);
        if (_writer.Open.Find(name) is { } open)
        {
            return open;
        }

        string? place = (_spoolDirectory ?? _directory) is { } directory ? directory + "/" : null;
        if (place is null
            || !name.StartsWith(place, StringComparison.Ordinal)
            || !RecordingPath.IsSafe(name[place.Length..]))
        {
            Log.RecordingNotGoneOnWith(_logger, callId, name, "it is not in the directory of today");
            return null;
        }

        var path = new RecordingPath(_directory!, _spoolDirectory, RecordingName.Of(name[place.Length..]), 0);
        // Who looks through the spool has a lease on the file for a moment: that is waited for.
        FdHandle file = NativeFile.OpenRegular(path.ToWrite, LibC.O_RDWR | LibC.O_NOFOLLOW, out _, out Errno errno);
        if (errno != Errno.None)
        {
            file.Dispose();
            Log.RecordingNotGoneOnWith(_logger, callId, name, LibC.Describe(errno));
            return null;
        }

        var recording = new RecordingFile(file, wholeBytes, path, callId, _writer, _mover, _logger) { IsToBeMended = true };
        _writer.Register(recording);
        return recording;
    }

    /// <summary>Puts on the disk what the workers, which rest meanwhile, have recorded. All recordings go on.</summary>
    /// <returns>False if the disk was too slow.</returns>
    public bool TryFlush(TimeSpan patience)
    {
        foreach (RecordingFile file in _writer.Open.All)
        {
            file.PostBuffered();
        }

        return _writer.TryDrain(patience);
    }

    /// <summary>Ends the recordings that are still open, once the workers have stopped; returns when all is written.</summary>
    /// <param name="isHandedOver">Another process goes on with them: they are not ended.</param>
    public void Stop(bool isHandedOver = false)
    {
        _writer.Stop(isHandedOver);
        _mover?.Stop();
    }

    public void Dispose()
    {
        Stop();
        _writer.Dispose();
        _mover?.Dispose();
    }

    /// <summary>All of them with one number, or none.</summary>
    private RecordingFile[]? TryOpenTogether(string callId, string[] names, ReadOnlySpan<byte> header)
    {
        if (_directory is null)
        {
            Log.RecordingNotConfigured(_logger, callId);
            return null;
        }

        if (Array.Find(names, name => !RecordingPath.IsSafe(name)) is { } unsafeName)
        {
            Log.RecordingNameRefused(_logger, callId, unsafeName);
            return null;
        }

        // Those of the other party, which is being recorded, belong to the same recording.
        RecordingName[] recordings = Array.ConvertAll(names, RecordingName.Of);
        foreach (int number in _writer.Open.NumbersOf(recordings[0].Stem))
        {
            if (TryCreate(recordings, number, header, callId, out _) is { } companions)
            {
                return companions;
            }
        }

        for (int number = 0; number <= RecordingName.MaxNumber; number++)
        {
            if (recordings.Length == 1 && IsTakenByCompanion(recordings[0], number))
            {
                continue;
            }

            if (TryCreate(recordings, number, header, callId, out bool isTaken) is { } files)
            {
                return files;
            }

            if (!isTaken)
            {
                return null;
            }
        }

        Log.RecordingNamesUsedUp(_logger, callId, PathOf(recordings[0], 0).ToString(), RecordingName.MaxNumber + 1);
        return null;
    }

    private static bool IsSame(string one, string other) =>
        Path.TrimEndingDirectorySeparator(CurrentDirectory.Resolve(one)) == Path.TrimEndingDirectorySeparator(CurrentDirectory.Resolve(other))
        || (FileStatus.TryReadTarget(NativePath.From(one), out FileStatus first) == Errno.None
            && FileStatus.TryReadTarget(NativePath.From(other), out FileStatus second) == Errno.None
            && first.IsSameFile(second));

    private RecordingPath PathOf(RecordingName name, int number) => new(_directory!, _spoolDirectory, name, number);

    /// <summary>The RTCP that goes with this RTP could not have the number.</summary>
    private bool IsTakenByCompanion(RecordingName name, int number) =>
        name.Rtcp is { } rtcp && RecordingPath.IsSafe(rtcp.WithNumber(number)) && PathOf(rtcp, number).Exists;

    private RecordingFile[]? TryCreate(
        RecordingName[] names, int number, ReadOnlySpan<byte> header, string callId, out bool isTaken)
    {
        isTaken = false;
        RecordingPath[] paths = Array.ConvertAll(names, name => PathOf(name, number));
        var created = new FdHandle[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            if (TryCreate(paths[i], header, callId, out isTaken) is { } file)
            {
                created[i] = file;
                continue;
            }

            while (--i >= 0)
            {
                paths[i].Remove();
                created[i].Dispose();
            }

            return null;
        }

        var files = new RecordingFile[paths.Length];
        for (int i = 0; i < files.Length; i++)
        {
            files[i] = new RecordingFile(created[i], header.Length, paths[i], callId, _writer, _mover, _logger);
            _writer.Register(files[i]);
        }

        return files;
    }

    private FdHandle? TryCreate(RecordingPath path, ReadOnlySpan<byte> header, string callId, out bool isTaken)
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
            Log.RecordingHeaderFailed(_logger, callId, path.ToString(), LibC.Describe(errno));
        }
        else if (!isTaken)
        {
            Log.RecordingNotOpened(_logger, callId, path.ToString(), LibC.Describe(errno));
        }

        file.Dispose();
        return null;
    }
}
