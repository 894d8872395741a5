namespace RtpProxy.Protocols.Ng.Tests.Sdp.Fuzz;

/// <summary>
/// Replays the committed corpus: seeds that reach every rule, and each input that once broke something.
/// </summary>
public sealed class SdpCorpusTests
{
    private const int MutationsPerFile = 300;

    [Fact]
    public void Descriptions_of_the_corpus_are_sent_on_or_refused()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Sdp", "Fuzz", "Corpus"));
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            SdpTarget.Fuzz(data);
            for (int i = 0; i < data.Length; i++)
            {
                SdpTarget.Fuzz(data.AsSpan(0, i));
                byte original = data[i];
                data[i] = "\r\n\0,;:/ma=\\ 9"u8[i % 13];
                SdpTarget.Fuzz(data);
                data[i] = (byte)(original ^ (1 << (i % 8)));
                SdpTarget.Fuzz(data);
                data[i] = original;
            }

            // The same mutations in every run: a failure can be seen again.
            var random = new Random(data.Length);
            for (int i = 0; i < MutationsPerFile; i++)
            {
                SdpTarget.Fuzz(Mutate(data, random));
            }
        }
    }

    // Lines removed, doubled and moved: what a byte changed does not reach.
    private static byte[] Mutate(byte[] data, Random random)
    {
        List<byte[]> lines = [];
        for (int start = 0; start < data.Length;)
        {
            int length = data.AsSpan(start).IndexOf((byte)'\n') + 1;
            length = length == 0 ? data.Length - start : length;
            lines.Add(data[start..(start + length)]);
            start += length;
        }

        for (int i = random.Next(1, 5); i > 0; i--)
        {
            byte[] line = lines[random.Next(lines.Count)];
            if (random.Next(2) == 0)
            {
                lines.Remove(line);
            }

            lines.Insert(random.Next(lines.Count + 1), line);
        }

        return [.. lines.SelectMany(line => line)];
    }
}
