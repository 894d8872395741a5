using System.Collections.Immutable;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Options;

/// <summary>The document and the sample say of every option what the table says.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly string[] Rows = [.. Lines("docs", "configuration.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
    private static readonly string[] Sample = Lines("samples", "rtpproxy.toml");

    [Fact]
    public void The_document_has_a_row_for_every_key() => Rows.ShouldBe(OptionTable.Keys.Select(RowOf), ignoreOrder: true);

    [Fact]
    public void The_sample_shows_every_key_commented_out()
    {
        Sample.ShouldAllBe(line => line.Length == 0 || line.StartsWith('#'));
        Sample.Where(IsKey).Select(line => line[1..line.IndexOf(' ')]).ShouldBe(OptionTable.Keys.Select(option => option.Name));
    }

    [Fact]
    public void What_the_sample_shows_is_right()
    {
        string text = string.Join('\n', Sample.Select(line => IsKey(line) ? line[1..] : line));

        TomlFile.Read("sample", text, out ImmutableArray<Setting> settings).ShouldBeNull();

        settings.Select(setting => setting.Option).Distinct().Count().ShouldBe(OptionTable.Keys.Count());
        OptionReader reader = new(new KnownNames());
        foreach (Setting setting in settings.Where(setting => setting.Option.Name != "user"))
        {
            reader.Read(setting).ShouldBeNull(setting.Shown);
        }
    }

    private static string RowOf(Option option)
    {
        string kind = (option.Repeats, option.Value) switch
        {
            (true, _) => "list of texts",
            (_, OptionValue.Switch) => "true or false",
            (_, OptionValue.Number) => "number",
            (_, OptionValue.NumberOrText) => "number or text",
            (_, OptionValue.SwitchOrNumber) => "true, false or number",
            (_, OptionValue.SwitchOrText) => "true, false or text",
            _ => "text",
        };
        string letter = option.Letter is { } c ? $"`-{c}`" : "";
        string meaning = option.Default is { } value ? $"{option.Meaning} ({value})" : option.Meaning;
        return $"| `{option.Name}` | {letter} | {kind} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |";
    }

    // A key is not parted from its mark by a blank, as a sentence is.
    private static bool IsKey(string line) => line.Length > 1 && line[0] == '#' && char.IsAsciiLetterLower(line[1]);

    private static string[] Lines(params string[] path) => File.ReadAllLines(Path.Combine([Sources.Root, .. path]));
}
