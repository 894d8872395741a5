using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Tests.Keeping;

public class MessageCodecTests
{
    private static readonly string LongestName = new('x', Keeper.MaxName);

    private static readonly RelayMessage[] OfRelay =
    [
        new RelayMessage.Hold("port 0 192.0.2.1 40000"),
        new RelayMessage.Drop("\u00ff\u0001"),
        new RelayMessage.Hold(LongestName),
        new RelayMessage.Ready(888, "3.2.0 ü"),
        new RelayMessage.Running(),
        new RelayMessage.Frozen(),
        new RelayMessage.Refused("no such directory"),
        new RelayMessage.UpgradeWanted(),
        new RelayMessage.Draining(),
        new RelayMessage.Ending(),
        new RelayMessage.Alive(),
    ];

    private static readonly KeeperMessage[] OfKeeper =
    [
        new KeeperMessage.Inherit([("memory", 1), (LongestName, 4), ("port 1", 2)]),
        new KeeperMessage.Forget(["port 1", LongestName]),
        new KeeperMessage.Begin(RelayStart.AfterDeath, 77),
        new KeeperMessage.Go(),
        new KeeperMessage.Freeze(),
        new KeeperMessage.Thaw(),
        new KeeperMessage.End(),
        new KeeperMessage.Stop(15, IsHurried: true),
        new KeeperMessage.Drain(),
        new KeeperMessage.Told(IsDone: false, "the new one ended"),
        new KeeperMessage.HoldAgain(),
    ];

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (RelayMessage message in OfRelay)
        {
            RelayMessageCodec.Read(RelayMessageCodec.Write(message)).ShouldBe(message);
        }

        foreach (KeeperMessage message in OfKeeper)
        {
            KeeperMessageCodec.Read(KeeperMessageCodec.Write(message)).ShouldBe(message);
        }
    }

    [Fact]
    public void Whatever_is_read_can_be_written_and_read_again()
    {
        foreach (byte[] bytes in Spoilt(OfRelay.Select(RelayMessageCodec.Write)))
        {
            if (RelayMessageCodec.Read(bytes) is { } message and not (RelayMessage.Ready or RelayMessage.Refused))
            {
                RelayMessageCodec.Write(message).ShouldBe(bytes);
            }
        }

        foreach (byte[] bytes in Spoilt(OfKeeper.Select(KeeperMessageCodec.Write)))
        {
            if (KeeperMessageCodec.Read(bytes) is { } message and not KeeperMessage.Told)
            {
                KeeperMessageCodec.Write(message).ShouldBe(bytes);
            }
        }
    }

    [Fact]
    public void Names_are_bounded()
    {
        RelayMessageCodec.Read([(byte)MessageKind.Hold]).ShouldBeNull();
        RelayMessageCodec.Read([(byte)MessageKind.Hold, .. new byte[Keeper.MaxName + 1]]).ShouldBeNull();
        RelayMessageCodec.Read([(byte)MessageKind.Drop, .. new byte[Keeper.MaxName]]).ShouldNotBeNull();
        KeeperMessageCodec.Read([(byte)MessageKind.Forget, 0, 0]).ShouldBeNull();
        KeeperMessageCodec.Read([(byte)MessageKind.Inherit]).ShouldBeNull();
        KeeperMessageCodec.Read([(byte)MessageKind.Inherit, 0, 1, 1, 0]).ShouldBeNull();
        KeeperMessageCodec.Read([(byte)MessageKind.Inherit, 0, 1, 1, Keeper.MaxDescriptors + 1]).ShouldBeNull();
    }

    [Fact]
    public void A_long_text_is_cut() =>
        RelayMessageCodec.Read(RelayMessageCodec.Write(new RelayMessage.Refused(new string('y', 5000))))
            .ShouldBe(new RelayMessage.Refused(new string('y', RelayMessageCodec.MaxText)));

    [Fact]
    public void A_kind_that_is_not_known_is_nothing()
    {
        RelayMessageCodec.Read([]).ShouldBeNull();
        RelayMessageCodec.Read([0]).ShouldBeNull();
        RelayMessageCodec.Read([(byte)MessageKind.Go]).ShouldBeNull();
        KeeperMessageCodec.Read([]).ShouldBeNull();
        KeeperMessageCodec.Read([200]).ShouldBeNull();
    }

    private static IEnumerable<byte[]> Spoilt(IEnumerable<byte[]> messages)
    {
        foreach (byte[] message in messages)
        {
            for (int length = 0; length < message.Length; length++)
            {
                yield return message[..length];
            }

            for (int bit = 0; bit < message.Length * 8; bit++)
            {
                byte[] flipped = [.. message];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                yield return flipped;
            }
        }
    }
}
