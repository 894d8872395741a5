using System.Text;

namespace RtpProxy.Daemon.Options;

/// <summary>
/// What the machine has answered while options were read: the texts of files, users, addresses of hosts. A relay that follows one that has died
/// gets the answers that that one got: a file that is half edited, or a name server that is away, is not to keep calls waiting.
/// </summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class KeptAnswers
{
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>None: all is asked anew.</summary>
    public KeptAnswers()
    {
    }

    /// <param name="kept">What <see cref="ToBytes"/> of the relay before this one has made; what is none counts as nothing.</param>
    public KeptAnswers(byte[] kept)
    {
        using MemoryStream bytes = new(kept);
        using BinaryReader reader = new(bytes, Encoding.UTF8);
        try
        {
            while (bytes.Position < bytes.Length)
            {
                _kept[reader.ReadString()] = reader.ReadString();
            }
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            _kept.Clear();
        }
    }

    /// <summary>Those of the relay before this one.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept => _kept;

    /// <summary>What the relay before this one was answered; null if it did not ask, or there was none before.</summary>
    public string? Find(string question)
    {
        if (!_kept.TryGetValue(question, out string? answer))
        {
            return null;
        }

        _given[question] = answer;
        return answer;
    }

    /// <summary>For the relay after this one.</summary>
    public void Remember(string question, string answer) => _given[question] = answer;

    /// <summary>All that was answered; empty if nothing was asked.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        foreach ((string question, string answer) in _given)
        {
            writer.Write(question);
            writer.Write(answer);
        }

        writer.Flush();
        return bytes.ToArray();
    }
}
