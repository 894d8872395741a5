using System.Globalization;

namespace RtpProxy.ExtractAudio;

/// <summary>
/// What went wrong on the way, kept until it can be printed without disturbing a progress bar. Of many lines of one kind
/// only the first are kept, and the others counted.
/// </summary>
internal sealed class Complaints(TextWriter errors)
{
    private const int KeptPerKind = 10;

    private readonly List<string> _lines = [];
    private readonly Dictionary<string, int> _kinds = [];

    public void Add(string line) => _lines.Add($"extractaudio: {line}");

    public void AddLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Add(line);
        }
    }

    /// <param name="kind">Names the fault in the line that tells how many more there were.</param>
    /// <param name="line">The whole line.</param>
    public void AddRepeated(string kind, string line)
    {
        int seen = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = seen + 1;
        if (seen < KeptPerKind)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Only the first time that this line is added.</summary>
    public void AddOnce(string line)
    {
        if (_kinds.TryAdd(line, 1))
        {
            Add(line);
        }
    }

    public void Print()
    {
        foreach (string line in _lines)
        {
            errors.WriteLine(line);
        }

        foreach ((string kind, int seen) in _kinds)
        {
            if (seen > KeptPerKind)
            {
                errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {seen - KeptPerKind} more"));
            }
        }

        _lines.Clear();
        _kinds.Clear();
    }
}
