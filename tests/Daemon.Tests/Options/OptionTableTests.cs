using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix.Getopt;

namespace RtpProxy.Daemon.Tests.Options;

public class OptionTableTests
{
    private static readonly string[] OriginalNames =
    [
        "bridge_symmetric", "config", "dso", "force_asymmetric", "nice", "no_redirect", "no_resolve", "overload_prot",
    ];

    [Fact]
    public void The_letters_are_those_of_the_original_and_a_question_mark() =>
        string.Concat(OptionTable.All.Select(option => option.Letter).Order()).ShouldBe("26?ACDFLMPRSTVWabcdfilmnprstuvw");

    [Fact]
    public void Every_option_has_long_names_of_its_own()
    {
        string[] names = [.. OptionTable.All.SelectMany(option => option.Names)];

        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.Length > 1 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-' || c == '_'));
        OptionTable.All.Select(option => option.Name).ShouldAllBe(name => !name.Contains('_'));
        names.ShouldBeSubsetOf(OptionTable.LongOptions.Select(option => option.Name));
    }

    [Fact]
    public void Who_takes_an_argument_has_a_word_for_it()
    {
        OptionTable.All.ShouldAllBe(
            option => (option.Argument == null) == (option.Value == OptionValue.Switch || option.Value == OptionValue.Question));
        OptionTable.All.ShouldAllBe(option => (option.Answer == null) != (option.Read == null));
    }

    [Fact]
    public void An_abbreviation_that_was_enough_for_the_original_is_enough()
    {
        foreach (string name in OriginalNames)
        {
            foreach (string start in Enumerable.Range(1, name.Length).Select(length => name[..length]))
            {
                if (OriginalNames.Count(other => other.StartsWith(start, StringComparison.Ordinal)) == 1)
                {
                    GetoptScan scan = GetoptScan.Of([$"--{start}", "x"], OptionTable.Letters, OptionTable.LongOptions);
                    OptionTable.ByCode(scan.Options.Single().Code).Names.ShouldContain(name, customMessage: start);
                }
            }
        }
    }

    [Theory]
    [InlineData("-T5", "--timeout", "5")]
    [InlineData("-T5", "--timeou=5")]
    [InlineData("-w0660", "--socket-mode=0660")]
    [InlineData("-i", "--independent-timeouts")]
    [InlineData("--no_resolve", "--no-resolve")]
    [InlineData("--no_redirect", "--no-red")]
    [InlineData("--overload_prot=1", "--overload-prot")]
    [InlineData("-ddbug:mail", "--log-level=DBUG:LOG_MAIL")]
    public void A_letter_and_a_name_are_one_option(string letter, params string[] name) =>
        CommandLine.Options(name).ShouldBe(CommandLine.Options(letter));

    [Fact]
    public void Addresses_and_sockets_have_long_names_too()
    {
        DaemonOptions options = CommandLine.Options("--listen6=::1", "--listen", "10.0.0.1", "--control=/run/x");

        options.Listen.ShouldBe([new(true, "::1"), new(false, "10.0.0.1")]);
        options.ControlSockets.Single().ToString().ShouldBe("unix:/run/x");
    }

    [Fact]
    public void The_help_tells_of_every_option()
    {
        string[] lines = Usage.Text.Split('\n');
        foreach (Option option in OptionTable.All)
        {
            string letter = option.Letter is { } c ? $"-{c}," : "   ";
            lines.Count(line => line == $"  {letter} --{option.Name}" || line.StartsWith($"  {letter} --{option.Name} ", StringComparison.Ordinal)
                || line.StartsWith($"  {letter} --{option.Name}[", StringComparison.Ordinal)).ShouldBe(1, customMessage: option.Name);
        }

        lines.ShouldAllBe(line => line.Length <= 110);
    }

    [Fact]
    public void The_synopsis_shows_every_letter()
    {
        foreach (Option option in OptionTable.All.Where(option => option.Letter is not null))
        {
            Usage.Synopsis.ShouldMatch($@"-{System.Text.RegularExpressions.Regex.Escape($"{option.Letter}")}[ \n]|\[-[A-Za-z0-9]*{option.Letter}");
        }
    }
}
