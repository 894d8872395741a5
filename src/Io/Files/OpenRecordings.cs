using System.Diagnostics;

namespace RtpProxy.Io.Files;

/// <summary>The recordings that are being written, by path, so that no two of them ever share a file.</summary>
/// <remarks>Thread-safe. Workers do not come here: files are opened off them, and finished by the writer.</remarks>
internal sealed class OpenRecordings
{
    /// <summary>How long the writer may take to finish a recording that has ended before another one begins in its place.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, RecordingFile?> _byPath = new(StringComparer.Ordinal); // null: about to be opened
    private readonly object _lock = new(); // waited on, which Lock cannot

    public IReadOnlyList<RecordingFile> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _byPath.Values.OfType<RecordingFile>()];
            }
        }
    }

    /// <summary>
    /// Takes a path for a new recording. Waits while one that has ended is still on its way to the disk there; false when
    /// one is being written.
    /// </summary>
    public bool TryClaim(string path)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (_byPath.TryGetValue(path, out RecordingFile? holder))
            {
                TimeSpan left = Patience - Stopwatch.GetElapsedTime(start);
                if (holder is not { HasEnded: true } || left <= TimeSpan.Zero)
                {
                    return false;
                }

                Monitor.Wait(_lock, left);
            }

            _byPath.Add(path, null);
            return true;
        }
    }

    /// <summary>The path that was claimed is being written from now on.</summary>
    public void Add(RecordingFile file)
    {
        lock (_lock)
        {
            _byPath[file.Path] = file;
        }
    }

    /// <summary>Nothing is written to the path any more.</summary>
    public void Release(string path)
    {
        lock (_lock)
        {
            _byPath.Remove(path);
            Monitor.PulseAll(_lock);
        }
    }
}
