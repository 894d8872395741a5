namespace RtpProxy.Io.Storage;

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

    public RecordingFile? Find(string name)
    {
        lock (_lock)
        {
            return _files.FirstOrDefault(file => file.Name == name);
        }
    }

    /// <summary>The numbers of those with a name, but for number and ending; the highest first.</summary>
    public IReadOnlyList<int> NumbersOf(string stem)
    {
        lock (_lock)
        {
            return [.. _files.Where(file => file.Path.Stem == stem).Select(file => file.Path.Number).Distinct().OrderDescending()];
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
