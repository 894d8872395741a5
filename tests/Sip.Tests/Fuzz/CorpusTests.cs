namespace RtpProxy.Sip.Tests.Fuzz;

/// <summary>
/// Replays the committed corpus: RFC 4475, seeds that reach every rule, and each input that once broke something.
/// </summary>
public sealed class CorpusTests
{
    private delegate void Target(ReadOnlySpan<byte> data);

    [Fact]
    public void Messages_of_the_corpus_are_read_or_refused() => Replay("SipMessage", SipMessageTarget.Fuzz);

    [Fact]
    public void Descriptions_of_the_corpus_are_read_or_refused() => Replay("Sdp", SdpTarget.Fuzz);

    [Fact]
    public void Streams_of_the_corpus_are_cut_or_refused() => Replay("Stream", SipStreamTarget.Fuzz);

    // Every prefix, and every byte once changed to one that means something.
    private static void Replay(string name, Target target)
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", name));
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            target(data);
            int step = 1 + (data.Length / 500);
            for (int i = 0; i < data.Length; i += step)
            {
                target(data.AsSpan(0, i));
                byte original = data[i];
                data[i] = "\r\n\0,;:<>\"=\\ 9"u8[i % 13];
                target(data);
                data[i] = original;
            }
        }
    }
}
