using System.Text;

namespace RtpProxy.Daemon.Configuration;

/// <summary>
/// The texts of configuration files: as they are now, or, after the death of a relay, as that one had read them. Whoever edits a file does
/// not expect it to count at a moment that nobody chose, half done as it may be.
/// </summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class ConfigurationTexts
{
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _read = new(StringComparer.Ordinal);

    /// <summary>As they are now.</summary>
    public ConfigurationTexts()
    {
    }

    /// <param name="kept">What <see cref="ToBytes"/> of the relay before this one has made; what is none counts as nothing.</param>
    public ConfigurationTexts(byte[] kept)
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

    /// <summary>The files of which there is another text by now than the one that counts.</summary>
    public IEnumerable<string> Changed =>
        _kept.Where(file => ConfigurationText.Read(file.Key, out _) != file.Value).Select(file => file.Key);

    /// <inheritdoc cref="ConfigurationText.Read"/>
    public string? Read(string path, out string reason)
    {
        reason = "";
        string? text = _kept.TryGetValue(path, out string? kept) ? kept : ConfigurationText.Read(path, out reason);
        if (text is not null)
        {
            _read[path] = text;
        }

        return text;
    }

    /// <summary>All that has been read, for the relay that comes after the death of this one; empty if nothing has.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        foreach ((string path, string text) in _read)
        {
            writer.Write(path);
            writer.Write(text);
        }

        writer.Flush();
        return bytes.ToArray();
    }
}
