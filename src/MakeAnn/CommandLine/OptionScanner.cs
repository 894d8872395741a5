namespace RtpProxy.Tools.CommandLine;

/// <summary>
/// Splits a command line as getopt_long(3) of the GNU C library does: clusters of letters, arguments attached or following,
/// options and operands mixed, long names that may be shortened, <c>--</c> as the end of options. The lines for what is wrong
/// are also its own.
/// </summary>
/// <param name="program">Name at the beginning of those lines.</param>
/// <param name="letters">As for getopt: a letter followed by a colon takes an argument.</param>
/// <param name="longNames">Long options; those followed by a colon take an argument.</param>
internal sealed class OptionScanner(string program, string letters, params string[] longNames)
{
    private readonly List<OptionToken> _options = [];
    private readonly List<string> _operands = [];

    /// <summary>In the order of the command line, errors in their place.</summary>
    public IReadOnlyList<OptionToken> Options => _options;

    public IReadOnlyList<string> Operands => _operands;

    public void Scan(IReadOnlyList<string> arguments)
    {
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            if (argument == "--")
            {
                _operands.AddRange(rest);
                return;
            }

            if (argument.StartsWith("--", StringComparison.Ordinal) && longNames.Length > 0)
            {
                ScanLong(argument[2..], rest);
            }
            else if (argument.Length > 1 && argument[0] == '-')
            {
                ScanCluster(argument.AsSpan(1), rest);
            }
            else
            {
                _operands.Add(argument);
            }
        }
    }

    private void ScanCluster(ReadOnlySpan<char> cluster, Queue<string> rest)
    {
        for (int i = 0; i < cluster.Length; i++)
        {
            char letter = cluster[i];
            int known = letter == ':' ? -1 : letters.IndexOf(letter, StringComparison.Ordinal);
            if (known < 0)
            {
                Fail($"{program}: invalid option -- '{letter}'");
                continue;
            }

            bool takesArgument = known + 1 < letters.Length && letters[known + 1] == ':';
            if (!takesArgument)
            {
                _options.Add(new OptionToken(letter.ToString(), null));
                continue;
            }

            string attached = cluster[(i + 1)..].ToString();
            if (attached.Length > 0)
            {
                _options.Add(new OptionToken(letter.ToString(), attached));
            }
            else if (rest.TryDequeue(out string? following))
            {
                _options.Add(new OptionToken(letter.ToString(), following));
            }
            else
            {
                Fail($"{program}: option requires an argument -- '{letter}'");
            }

            return;
        }
    }

    private void ScanLong(string text, Queue<string> rest)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string written = equals < 0 ? text : text[..equals];
        string[] matches = [.. longNames.Where(name => name.TrimEnd(':') == written)];
        if (matches.Length == 0)
        {
            matches = [.. longNames.Where(name => name.StartsWith(written, StringComparison.Ordinal))];
        }

        if (matches.Length == 0)
        {
            Fail($"{program}: unrecognized option '--{written}'");
            return;
        }

        if (matches.Length > 1)
        {
            string possible = string.Join(' ', matches.Select(name => $"'--{name.TrimEnd(':')}'"));
            Fail($"{program}: option '--{written}' is ambiguous; possibilities: {possible}");
            return;
        }

        string found = matches[0].TrimEnd(':');
        bool takesArgument = found != matches[0];
        if (!takesArgument && equals >= 0)
        {
            Fail($"{program}: option '--{found}' doesn't allow an argument");
        }
        else if (!takesArgument)
        {
            _options.Add(new OptionToken(found, null));
        }
        else if (equals >= 0)
        {
            _options.Add(new OptionToken(found, text[(equals + 1)..]));
        }
        else if (rest.TryDequeue(out string? following))
        {
            _options.Add(new OptionToken(found, following));
        }
        else
        {
            Fail($"{program}: option '--{found}' requires an argument");
        }
    }

    private void Fail(string line) => _options.Add(new OptionToken("", line));
}
