using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Configuration;

/// <summary>The texts of configuration files, as the relay before this one has read them.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class ConfigurationTexts(KeptAnswers answers)
{
    private const string File = "file ";

    /// <summary>Where they are remembered.</summary>
    public KeptAnswers Answers => answers;

    /// <summary>The files of which there is another text by now than the one that counts.</summary>
    public IEnumerable<string> Changed => answers.Kept
        .Where(kept => kept.Key.StartsWith(File, StringComparison.Ordinal))
        .Select(kept => (Path: kept.Key[File.Length..], Text: kept.Value))
        .Where(file => ConfigurationText.Read(file.Path, out _) != file.Text)
        .Select(file => file.Path);

    /// <inheritdoc cref="ConfigurationText.Read"/>
    public string? Read(string path, out string reason)
    {
        reason = "";
        if (answers.Find(File + path) is { } kept)
        {
            return kept;
        }

        string? text = ConfigurationText.Read(path, out reason);
        if (text is not null)
        {
            answers.Remember(File + path, text);
        }

        return text;
    }
}
