using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>
/// A call in real time: every 20 ms each phone that speaks sends a packet, and so does the other party. Where the machine
/// is late the phones are too: no packet is sent before the relay has read the one before, and no pause is made up for.
/// </summary>
/// <param name="partyHost">Where the party is.</param>
/// <param name="readByRelay">Asks the relay how many datagrams it has read.</param>
internal sealed class PacedCall(string partyHost, Func<Task<long>> readByRelay) : IDisposable
{
    public const string OtherHost = "127.0.0.20";

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the party was signalled.</summary>
    public PacedPhone Party { get; } = new(partyHost);

    public PacedPhone Other { get; } = new(OtherHost);

    /// <summary>The relay's port that the party sends to.</summary>
    public int PortForParty { get; set; }

    public int PortForOther { get; set; }

    public int HeardFaxes
    {
        get
        {
            Other.Take();
            return Other.ReceivedFaxes;
        }
    }

    /// <summary>Packets of a phone that the other party got.</summary>
    public int HeardOf(PacedPhone phone)
    {
        Other.Take();
        return Other.ReceivedOf.GetValueOrDefault(phone.Ssrc);
    }

    /// <summary>Everything that was counted of the phones before is forgotten, but for what the other party heard.</summary>
    public async Task TalkAsync(int packets, params PacedPhone[] phones)
    {
        Party.Forget();
        long read = await readByRelay();
        for (int i = 0; i < packets; i++)
        {
            foreach (PacedPhone phone in phones)
            {
                phone.Send(PortForParty);
            }

            Other.Send(PortForOther);
            read += phones.Length + 1;
            await FrameAsync(read);
        }

        Array.ForEach([Party, .. phones], p => p.Take());
    }

    /// <summary>Only the other party speaks.</summary>
    public Task TalkFromOtherAsync(int packets) => TalkAsync(packets);

    /// <summary>The party speaks, and two branches of a fork: the first for some packets, the second all the time.</summary>
    public async Task TalkAsync(int packets, PacedPhone party, PacedPhone secondBranch, int firstBranchPackets)
    {
        long read = await readByRelay();
        for (int i = 0; i < packets; i++)
        {
            party.Send(PortForParty);
            secondBranch.Send(PortForOther);
            read += 2;
            if (i < firstBranchPackets)
            {
                Other.Send(PortForOther);
                read++;
            }

            await FrameAsync(read);
        }

        secondBranch.Take();
        Other.Take();
    }

    // Workers answer between packets: what they have read they have sent on, and the loopback has it delivered.
    private async Task FrameAsync(long read)
    {
        Task frame = Task.Delay(Frame);
        await Eventually.TrueAsync(async () => await readByRelay() >= read, "the relay has read all that was sent");
        await frame;
    }

    public void Dispose()
    {
        Party.Dispose();
        Other.Dispose();
    }
}
