using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Playback;

namespace RtpProxy.Io.Storage;

/// <summary>
/// Prompt files in memory. A file is read once and shared by all who play it, and read again when it has changed on
/// disk; players that are under way keep what they began with.
/// </summary>
/// <remarks>Thread-safe; reading happens under a lock, so that a crowd that starts the same prompt reads it once.</remarks>
public sealed unsafe class PromptLibrary(ILogger logger) : IPromptLibrary
{
    /// <summary>An hour of G.711 is 29 MB; larger files are refused.</summary>
    public const long MaxPromptBytes = 128 << 20;

    private const long MaxCachedBytes = 256 << 20;
    private const int MaxCachedFiles = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PromptFile> _files = new(StringComparer.Ordinal);
    private long _cachedBytes;
    private long _uses;

    public Prompt? TryOpen(string name, byte payloadType)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string path = string.Create(CultureInfo.InvariantCulture, $"{name}.{payloadType}");
        using FdHandle file = Open(path);
        if (file.IsInvalid || FileStatus.TryRead(file, out FileStatus status) != Errno.None || !status.IsRegularFile)
        {
            return null;
        }

        if (status.Size > MaxPromptBytes)
        {
            Log.PromptTooLarge(logger, path, status.Size, MaxPromptBytes);
            return null;
        }

        lock (_lock)
        {
            return FindCached(path, status) ?? Read(path, name, payloadType, file, status);
        }
    }

    private static FdHandle Open(string path)
    {
        // The name came over the control socket: a byte per character. A FIFO there must not block us.
        fixed (byte* bytes = (byte[])[.. System.Text.Encoding.Latin1.GetBytes(path), 0])
        {
            return LibC.open(bytes, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
        }
    }

    private Prompt? FindCached(string path, in FileStatus status)
    {
        if (!_files.TryGetValue(path, out PromptFile? cached))
        {
            return null;
        }

        if (!cached.IsCurrent(status))
        {
            Remove(path, cached);
            return null;
        }

        _files[path] = cached with { LastUse = ++_uses };
        return cached.Prompt;
    }

    private Prompt? Read(string path, string name, byte payloadType, FdHandle file, in FileStatus status)
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

        var prompt = new Prompt(name, payloadType, frames.AsMemory(0, length));
        MakeRoom(frames.Length);
        _files.Add(path, new PromptFile(prompt, status, ++_uses));
        _cachedBytes += frames.Length;
        return prompt;
    }

    private void MakeRoom(long bytes)
    {
        while (_files.Count > 0 && (_files.Count >= MaxCachedFiles || _cachedBytes + bytes > MaxCachedBytes))
        {
            (string path, PromptFile oldest) = _files.MinBy(entry => entry.Value.LastUse);
            Remove(path, oldest);
        }
    }

    private void Remove(string path, PromptFile file)
    {
        _files.Remove(path);
        _cachedBytes -= file.Status.Size;
    }
}
