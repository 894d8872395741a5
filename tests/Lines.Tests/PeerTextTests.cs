namespace RtpProxy.Lines.Tests;

public sealed class PeerTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a\nb\rc\td", @"a\nb\rc\td")]
    [InlineData("\u001B[31m\0\u00E9\u007F", @"\x1B[31m\x00\xE9\x7F")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_log_shows_every_byte_that_is_no_plain_letter(string? text, string escaped) => new PeerText(text).ToString().ShouldBe(escaped);

    [Fact]
    public void A_log_shows_the_beginning_of_a_long_text() => new PeerText(new string('x', 100_000)).ToString().Length.ShouldBeLessThan(9000);

    [Theory]
    [InlineData("a\u001b[2Jb\r\nc\u0000", "a?[2Jb??c?")]
    [InlineData("\u009b\u00e9\u00ad", "???")]
    [InlineData("", "(none)")]
    [InlineData(null, "(none)")]
    public void A_word_of_a_line_has_plain_letters_only(string? text, string shown) => PeerText.Brief(text).ShouldBe(shown);

    [Fact]
    public void A_word_of_a_line_is_cut() => PeerText.Brief(new string('x', 10_000)).Length.ShouldBeLessThan(200);

    [Theory]
    [InlineData("media 1 is \"audio\" \\ \u00e9\n", "media 1 is ?audio? ? ??")]
    [InlineData("nothing strange", "nothing strange")]
    public void Text_within_quotation_marks_cannot_end_them(string text, string shown) => PeerText.Quotable(text).ShouldBe(shown);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße, 你好, \U0001F600", "Grüße, 你好, \U0001F600")]
    [InlineData("\u001b[2J\a\r\n\u0085\u009b1m", ".[2J.....1m")]
    [InlineData("a\u2028b\u2029c", "a.b.c")]
    [InlineData("\U000E0041tag", ".tag")]
    public void Text_for_a_terminal_keeps_its_alphabet_and_moves_no_cursor(string text, string shown) =>
        PeerText.OneLine(text).ShouldBe(shown);

    [Fact]
    public void Text_for_a_terminal_turns_no_direction_of_writing()
    {
        int[] turning = [0x061C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4)];

        foreach (int character in turning)
        {
            PeerText.OneLine($"a{(char)character}b").ShouldBe("a.b");
        }
    }

    [Theory]
    [InlineData(new char[] { 'a', '\ud83d' }, "a.")]
    [InlineData(new char[] { '\ude00', 'a' }, ".a")]
    [InlineData(new char[] { '\ud83d', '\ud83d', '\ude00' }, ".\U0001F600")]
    public void Half_a_character_is_not_shown(char[] text, string shown) => PeerText.OneLine(new string(text)).ShouldBe(shown);

    [Fact]
    public void Whatever_is_sent_stays_one_line_without_control_characters()
    {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x100 : 0x1_0000))]);

            foreach (string shown in new[] { new PeerText(text).ToString(), PeerText.Brief(text), PeerText.Quotable(text), PeerText.OneLine(text) })
            {
                shown.ShouldNotContain(c => char.IsControl(c));
                shown.EnumerateRunes().Count(rune => rune == System.Text.Rune.ReplacementChar).ShouldBe(shown.Count(c => c == '\ufffd'));
            }
        }
    }
}
