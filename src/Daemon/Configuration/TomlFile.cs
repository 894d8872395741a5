using System.Collections.Immutable;
using System.Globalization;
using RtpProxy.Daemon.Options;
using RtpProxy.Hosting;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp;
using Tomlyn;
using Tomlyn.Parsing;

namespace RtpProxy.Daemon.Configuration;

/// <summary>
/// A file of <c>--config</c> in TOML: the long names of options are its keys, and each value is read as the argument of its option
/// would be (docs/configuration.md).
/// </summary>
/// <remarks>Lives while one file is read; not thread-safe.</remarks>
internal sealed class TomlFile
{
    private const string Ending = ".toml";

    private static readonly string[] UnixSchemes = ["unix:", "cunix:"];

    /// <summary>Whether a file is of this form, by its name.</summary>
    public static bool IsNamed(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    private readonly string _path;
    private readonly TomlParser _parser;
    private readonly ImmutableArray<Setting>.Builder _settings = ImmutableArray.CreateBuilder<Setting>();
    private readonly Dictionary<Option, int> _lines = [];

    private TomlFile(string path, string text)
    {
        _path = path;
        _parser = TomlParser.Create(text);
    }

    /// <param name="file">Names it.</param>
    /// <param name="texts">Has it.</param>
    /// <param name="settings">What it sets, in its order; options that are set to what holds anyway (<c>false</c>) are not among them.</param>
    /// <returns>What is wrong, in one line; null if nothing is.</returns>
    public static string? Read(Setting file, ConfigurationTexts texts, out ImmutableArray<Setting> settings)
    {
        settings = [];
        string path = file.Argument ?? "";
        return texts.Read(path, out string reason) is { } text
            ? Read(path, text, out settings)
            : file.Refuse(new("a file with options in TOML", reason));
    }

    /// <inheritdoc cref="Read(Setting, ConfigurationTexts, out ImmutableArray{Setting})"/>
    /// <param name="path">For messages.</param>
    public static string? Read(string path, string text, out ImmutableArray<Setting> settings)
    {
        settings = [];
        TomlFile file = new(path, text);
        try
        {
            string? fault = file.ReadKeys();
            settings = fault is null ? file._settings.ToImmutable() : [];
            return fault;
        }
        catch (TomlException e)
        {
            string what = e.Diagnostics.FirstOrDefault()?.Message ?? e.Message;
            return file.Refuse(e.Line ?? file.Line, what, what.Contains("leading zero", StringComparison.Ordinal) ? ", and octal numbers such as 0o660 or \"0660\"" : "");
        }
        catch (ArgumentException)
        {
            // The library trips over its own message where the character that it complains of is half of a pair.
            return file.Refuse(file.Line, "there is half a character");
        }
    }

    private string Refuse(int line, string what, string further = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"{_path}:{Math.Max(line, 1)}: {PeerText.OneLine(what).TrimEnd('.')}; expected lines of TOML such as timeout = 60 or control = [\"unix:/run/rtpproxy.sock\"]{further}");

    private string? ReadKeys()
    {
        // The file is a table itself, which begins before anything else.
        while (_parser.MoveNext())
        {
            if (_parser.Current.Kind == TomlParseEventKind.PropertyName && ReadKey(_parser.GetPropertyName()) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? ReadKey(string key)
    {
        int line = Line;
        string place = $"{_path}:{line}: {PeerText.OneLine(key)}";
        if (OptionTable.Find(key) is not { } option)
        {
            string? near = OptionTable.Keys.FirstOrDefault(known => key is [char letter] && known.Letter == letter)?.Name ?? Spelling.Nearest(key, OptionTable.Keys.SelectMany(known => known.Names));
            return near is null
                ? $"{place} is unknown; expected the long name of an option, outside of any [section]; rtpproxy --help tells them"
                : $"{place} is unknown; expected {near}, perhaps";
        }

        if (!option.IsKey)
        {
            return $"{place} is for the command line only; expected an option that sets something";
        }

        if (!_lines.TryAdd(option, line))
        {
            return $"{place} is there twice; expected it once, as in line {_lines[option]}{(option.Repeats ? ", with a list of all values" : "")}";
        }

        _parser.MoveNext();
        return _parser.Current.Kind == TomlParseEventKind.StartArray && option.Repeats
            ? ReadList(option, place)
            : ReadValue(option, place);
    }

    private string? ReadList(Option option, string place)
    {
        while (_parser.MoveNext() && _parser.Current.Kind != TomlParseEventKind.EndArray)
        {
            if (ReadValue(option, place) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? ReadValue(Option option, string place)
    {
        (string argument, string what) = _parser.Current.Kind switch
        {
            TomlParseEventKind.String => (_parser.GetString(), "a text"),
            TomlParseEventKind.Integer => (_parser.Current.GetInt64().ToString(CultureInfo.InvariantCulture), "a number"),
            TomlParseEventKind.Boolean => (_parser.Current.GetBoolean() ? "true" : "false", "true or false"),
            TomlParseEventKind.Float => (
                option.Value == OptionValue.NumberOrText ? _parser.Current.GetDouble().ToString(CultureInfo.InvariantCulture) : "", "a number with a fraction"),
            TomlParseEventKind.DateTime => ("", "a date or time"),
            TomlParseEventKind.StartArray => ("", "a list"),
            _ => ("", "a section"),
        };
        Setting setting = new(option, argument, place);
        string? expected = (option.Value, _parser.Current.Kind) switch
        {
            (OptionValue.Text or OptionValue.NumberOrText or OptionValue.SwitchOrText, TomlParseEventKind.String) => null,
            (OptionValue.Number or OptionValue.NumberOrText or OptionValue.SwitchOrNumber, TomlParseEventKind.Integer) => null,
            (OptionValue.NumberOrText, TomlParseEventKind.Float) => null,
            (OptionValue.Switch or OptionValue.SwitchOrNumber or OptionValue.SwitchOrText, TomlParseEventKind.Boolean) => null,
            (OptionValue.Text, _) => $"a text in quotation marks{(option.Repeats ? ", or a list of such" : "")}",
            (OptionValue.Number, _) => "a whole number without quotation marks",
            (OptionValue.NumberOrText, _) => "a number, or one in quotation marks",
            (OptionValue.Switch, _) => "true or false, without quotation marks",
            (OptionValue.SwitchOrNumber, _) => "true, false or a whole number, without quotation marks",
            _ => "true, false or a text in quotation marks",
        };
        if (expected is not null)
        {
            return argument.Length == 0 ? $"{place} is {what}; expected {expected}" : setting.Refuse(new(expected, $"that is {what}"));
        }

        if (argument.Contains('\0', StringComparison.Ordinal))
        {
            return setting.Refuse(new("a text without zero characters"));
        }

        if (_parser.Current.Kind != TomlParseEventKind.Boolean || argument == "true")
        {
            _settings.Add(_parser.Current.Kind == TomlParseEventKind.Boolean
                ? setting with { Argument = null }
                : setting with { Argument = BesideThisFile(option, argument), Written = argument });
        }

        return null;
    }

    /// <summary>
    /// A relative path counts from the directory of this file: the current one is another for systemd, in the background, and for who checks the file.
    /// </summary>
    private string BesideThisFile(Option option, string argument)
    {
        string directory = Path.GetDirectoryName(CurrentDirectory.Resolve(_path)) ?? "/";
        string scheme = Array.Find(UnixSchemes, scheme => argument.StartsWith(scheme, StringComparison.Ordinal)) ?? "";
        string path = argument[scheme.Length..];
        bool isPath = path.Length > 0 && option.Path switch
        {
            OptionPath.File => true,
            OptionPath.Socket => ControlSocketText.ExplainDoubt(argument) is null && ControlSocketText.Parse(argument).IsUnix,
            _ => false,
        };
        return isPath ? scheme + Path.Combine(directory, path) : argument;
    }

    private int Line => _parser.Current.Line;
}
