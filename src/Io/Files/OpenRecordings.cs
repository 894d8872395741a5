namespace RtpProxy.Io.Files;

/// <summary>The recordings that are being written.</summary>
/// <remarks>Thread-safe. Workers do not come here: files are opened off them, and finished by the writer.</remarks>
internal sealed class OpenRecordings
{
    private readonly Lock _lock = new();
    private readonly HashSet<RecordingFile> _files = [];

    public IReadOnlyList<RecordingFile> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _files];
            }
        }
    }

    public void Add(RecordingFile file)
    {
        lock (_lock)
        {
            _files.Add(file);
        }
    }

    public void Remove(RecordingFile file)
    {
        lock (_lock)
        {
            _files.Remove(file);
        }
    }
}
