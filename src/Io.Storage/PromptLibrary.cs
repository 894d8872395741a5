using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Playback;

namespace RtpProxy.Io.Storage;

/// <summary>
/// Prompt files in memory, and what has been made of WAV files. A file is read once and shared by all who play it, and read again
/// when it has changed on disk; players that are under way keep what they began with.
/// </summary>
/// <remarks>
/// Thread-safe. A crowd that starts the same prompt waits for one of it to read it, or to make it of a WAV file; others do not, unless
/// so much is being read already that memory is at stake.
/// </remarks>
public sealed unsafe class PromptLibrary(ILogger logger) : IPromptLibrary
{
    /// <summary>An hour of G.711 is 29 MB; larger files are refused.</summary>
    public const long MaxPromptBytes = 128 << 20;

    /// <summary>Three minutes in the quality of a CD, 35 in that of the telephone.</summary>
    public const long MaxWavBytes = 32 << 20;

    private const long MaxCachedBytes = 256 << 20;
    private const int MaxCachedFiles = 256;
    private const long MaxBytesBeingRead = MaxPromptBytes;
    private const int SharesOfWav = 4; // its samples, and what is made of them, take some times its bytes

    private readonly object _lock = new(); // waited on, which Lock cannot
    private readonly Dictionary<string, PromptFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PromptReading> _readings = new(StringComparer.Ordinal);
    private long _cachedBytes;
    private long _bytesBeingRead;
    private long _uses;

    public Prompt? TryOpen(string name, byte payloadType)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string path = string.Create(CultureInfo.InvariantCulture, $"{name}.{payloadType}");
        return TryOpen(path, path, MaxPromptBytes, shares: 1, frames => new Prompt(name, payloadType, frames));
    }

    public Prompt? TryConvert(string name, byte payloadType)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || !WavPrompts.CanBeOf(payloadType))
        {
            return null;
        }

        string entry = string.Create(CultureInfo.InvariantCulture, $"{name}\0{payloadType}");
        return TryOpen(name, entry, MaxWavBytes, SharesOfWav, file => TryConvert(file, name, payloadType));
    }

    public Prompt? TryConvert(ReadOnlyMemory<byte> file, string name, byte payloadType)
    {
        if (!WavPrompts.CanBeOf(payloadType))
        {
            return null;
        }

        Prompt? prompt = WavPrompts.TryConvert(file, name, payloadType, out string error);
        if (prompt is null)
        {
            Log.PromptNotConvertible(logger, name, error);
        }

        return prompt;
    }

    /// <param name="entry">What is cached of the file.</param>
    /// <param name="shares">How many times its bytes it takes to read it.</param>
    private Prompt? TryOpen(string path, string entry, long maxBytes, int shares, Func<ReadOnlyMemory<byte>, Prompt?> make)
    {
        // The name came over a control socket: a byte per character.
        byte[] name = [.. Encoding.Latin1.GetBytes(path), 0];
        using FdHandle file = NativeFile.OpenRegular(name, LibC.O_RDONLY | LibC.O_NONBLOCK, out FileStatus status, out Errno errno);
        if (errno != Errno.None)
        {
            return null;
        }

        if (status.Size > maxBytes)
        {
            Log.PromptTooLarge(logger, path, status.Size, maxBytes);
            return null;
        }

        if (!TryBegin(entry, status, status.Size * shares, out PromptReading? reading, out Prompt? known))
        {
            return known;
        }

        Prompt? made = null;
        try
        {
            made = Read(path, file, status) is { } bytes ? make(bytes) : null;
        }
        finally
        {
            End(entry, reading, made);
        }

        return made;
    }

    /// <summary>True when the caller is to read the file; else what is known of it, by now.</summary>
    private bool TryBegin(string entry, in FileStatus status, long bytes, [NotNullWhen(true)] out PromptReading? reading, out Prompt? known)
    {
        lock (_lock)
        {
            while (true)
            {
                reading = null;
                known = FindCached(entry, status);
                if (known is not null)
                {
                    return false;
                }

                if (_readings.TryGetValue(entry, out PromptReading? other))
                {
                    WaitFor(other);
                    if (other.Status.IsUnchanged(status))
                    {
                        known = other.Prompt;
                        return false;
                    }
                }
                else if (_bytesBeingRead + bytes > MaxBytesBeingRead)
                {
                    Monitor.Wait(_lock);
                }
                else
                {
                    reading = new PromptReading(status, bytes);
                    _readings.Add(entry, reading);
                    _bytesBeingRead += bytes;
                    return true;
                }
            }
        }
    }

    private void WaitFor(PromptReading reading)
    {
        while (!reading.IsOver)
        {
            Monitor.Wait(_lock);
        }
    }

    private void End(string entry, PromptReading reading, Prompt? made)
    {
        lock (_lock)
        {
            reading.End(made);
            _readings.Remove(entry);
            _bytesBeingRead -= reading.Bytes;
            if (made is not null)
            {
                Add(entry, new PromptFile(made, reading.Status, ++_uses));
            }

            Monitor.PulseAll(_lock);
        }
    }

    private Prompt? FindCached(string entry, in FileStatus status)
    {
        if (!_files.TryGetValue(entry, out PromptFile? cached))
        {
            return null;
        }

        if (!cached.Status.IsUnchanged(status))
        {
            Remove(entry, cached);
            return null;
        }

        _files[entry] = cached with { LastUse = ++_uses };
        return cached.Prompt;
    }

    private ReadOnlyMemory<byte>? Read(string path, FdHandle file, in FileStatus status)
    {
        byte[] frames = new byte[status.Size];
        int length = 0;
        while (length < frames.Length)
        {
            nint count;
            fixed (byte* start = &frames[length])
            {
                count = LibC.read(file.Number, start, frames.Length - length);
            }

            if (count < 0 && LibC.LastErrno != Errno.EINTR)
            {
                Log.PromptUnreadable(logger, path, LibC.Describe(LibC.LastErrno));
                return null;
            }

            if (count == 0)
            {
                // Somebody is cutting the file short.
                break;
            }

            length += (int)Math.Max(count, 0);
        }

        return frames.AsMemory(0, length);
    }

    private void Add(string entry, PromptFile file)
    {
        MakeRoom(file.CachedBytes);
        _files.Add(entry, file);
        _cachedBytes += file.CachedBytes;
    }

    private void MakeRoom(long bytes)
    {
        while (_files.Count > 0 && (_files.Count >= MaxCachedFiles || _cachedBytes + bytes > MaxCachedBytes))
        {
            (string entry, PromptFile oldest) = _files.MinBy(one => one.Value.LastUse);
            Remove(entry, oldest);
        }
    }

    private void Remove(string entry, PromptFile file)
    {
        _files.Remove(entry);
        _cachedBytes -= file.CachedBytes;
    }
}
