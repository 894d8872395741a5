namespace RtpProxy.Relay.Tests.Media;

public sealed class RoomOfDatagrams
{
    [Theory]
    [InlineData(0)]
    [InlineData(172)]
    public void A_datagram_has_room_before_and_after_it(int length)
    {
        byte[] buffer = new byte[Datagram.BufferLength(length)];

        var datagram = new Datagram(buffer, length);

        datagram.Bytes.Length.ShouldBe(length);
        datagram.Buffer[Datagram.RoomBefore..].Overlaps(datagram.Bytes, out int start).ShouldBe(length > 0);
        start.ShouldBe(0);
        (datagram.Buffer.Length - Datagram.RoomBefore - length).ShouldBe(Datagram.RoomAfter);
    }

    [Fact]
    public void A_buffer_without_room_is_refused()
    {
        byte[] buffer = new byte[Datagram.BufferLength(172) - 1];

        Should.Throw<ArgumentOutOfRangeException>(() => new Datagram(buffer, 172).Bytes.Length);
    }
}
