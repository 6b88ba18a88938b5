using System.Security.Cryptography;
using Parcours.Channels.Links;

namespace Parcours.Channels.Tests.Links;

public sealed class LinkMacTests
{
    [Fact]
    public void Signatures_are_those_of_the_library_whichever_key_came_before()
    {
        LinkKey[] keys = [.. Enumerable.Range(1, 3).Select(number => new LinkKey((ushort)number, RandomNumberGenerator.GetBytes(32 + (number * 17))))];
        Span<byte> mac = stackalloc byte[16];

        for (var turn = 0; turn < 50; turn++)
        {
            var (key, message) = (keys[turn * 7 % 5 % 3], RandomNumberGenerator.GetBytes(turn * 3));
            LinkMac.Sign(key, message, mac);

            Assert.Equal(HMACSHA256.HashData(key.Secret.Span, message)[..16], mac.ToArray());
        }
    }
}
