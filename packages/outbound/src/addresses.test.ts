import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './addresses.ts'

describe('an address is on the open internet', () => {
  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.15.0.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    'when it is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ['this network', ['0.0.0.0', '0.1.2.3']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd00:ec2::254']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    ['link-local', ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', '2606:4700::1%eth0', 'fec0::1']],
    ['metadata of a cloud', ['169.254.169.254', '169.254.170.2', '100.100.100.200', '168.63.129.16', '192.0.0.192']],
    ['shared by a carrier', ['100.64.0.1', '100.127.255.255']],
    ['multicast or broadcast', ['224.0.0.1', '239.255.255.250', '255.255.255.255', 'ff02::1']],
    ['reserved or for documentation', ['192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1']],
    ['IPv4 mapped into IPv6', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1']],
    ['IPv4 in the oldest notation', ['::127.0.0.1', '::7f00:1', '::a9fe:a9fe']],
    ['NAT64', ['64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::7f00:1']],
    ['6to4 or Teredo', ['2002:7f00:1::', '2002:a9fe:a9fe::1', '2001::1']],
    ['outside of what is handed out', ['::', '::2', '100::1', '100:0:0:1::1', '200::1', '4000::1', '5f00::1']],
    ['special by registration', ['2001:db8::1', '2001:10::1', '2001:20::1', '3fff::1']],
    ['no address', ['', 'localhost', '127.1.1', '1.2.3.4.5', 'example.com', '1.1.1.1:80', '[::1]']],
  ])('not when it is %s', (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })
})
